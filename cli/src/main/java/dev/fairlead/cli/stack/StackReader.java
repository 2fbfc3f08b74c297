package dev.fairlead.cli.stack;

import dev.fairlead.cli.adopt.Adopted;
import dev.fairlead.cli.adopt.Adoption;
import dev.fairlead.cli.daemon.NumberedSockets;
import dev.fairlead.dialect.haproxy.HaproxyDialect;
import dev.fairlead.dialect.haproxy.HaproxyOptions;
import dev.fairlead.dialect.nginx.Compiled;
import dev.fairlead.dialect.nginx.NginxDialect;
import dev.fairlead.dialect.nginx.NginxOptions;
import dev.fairlead.dialect.pound.PoundDialect;
import dev.fairlead.dialect.pound.PoundOptions;
import dev.fairlead.dialect.stunnel.StunnelDialect;
import dev.fairlead.dialect.stunnel.StunnelOptions;
import dev.fairlead.dialect.systemd.UnitFolder;
import dev.fairlead.dialect.systemd.UnitLint;
import dev.fairlead.dialect.systemd.name.UnitOptions;
import dev.fairlead.dialect.upstart.UpstartDialect;
import dev.fairlead.dialect.upstart.UpstartOptions;
import dev.fairlead.model.plan.Claims;
import dev.fairlead.model.plan.Linker;
import dev.fairlead.model.plan.Parts;
import dev.fairlead.model.plan.Plan;
import dev.fairlead.model.plan.PortMap;
import dev.fairlead.model.service.Job;
import dev.fairlead.model.service.SocketUnit;
import dev.fairlead.model.service.Unit;
import dev.fairlead.model.service.UnitSet;
import dev.fairlead.model.service.UnitSource;
import dev.fairlead.os.Accounts;
import dev.fairlead.process.supervisor.Preflight;
import dev.fairlead.source.Diagnostic;
import dev.fairlead.source.Problems;
import dev.fairlead.source.Span;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/// Reads a stack's files, as often as it is asked to: each time the folder is searched anew.
///
/// @param ports where listeners are moved to
/// @param isLinked whether hops inside the plan do without sockets
/// @param isAdopting whether units that start gunicorn are run as applications although gunicorn is here
public record StackReader(Sources sources, PortMap ports, boolean isLinked, boolean isAdopting) implements StackSource {
    public StackReader(Sources sources, PortMap ports) {
        this(sources, ports, true, false);
    }

    @Override
    public CompiledStack read() {
        return written().moved(ports);
    }

    /// The stack listening where its configuration says, whatever ports are given here.
    public CompiledStack written() {
        Layout layout = Search.of(sources);
        if (!layout.problems().isEmpty()) {
            return new CompiledStack(layout, Optional.empty(), UnitSet.EMPTY, List.of());
        }
        List<Diagnostic> diagnostics = new ArrayList<>();
        Problems problems = new Problems();
        boolean isTrial = layout.relocation().root().isPresent();
        Adopted adopted =
                Adoption.of(units(layout, problems), isAdopting, isTrial, layout.relocation()::resolve, problems);
        Preflight.check(beside(adopted), isTrial, problems);
        Claims claims = new Claims(ports, problems);
        Optional<Plan> traffic =
                layout.hasTraffic() ? traffic(layout, diagnostics, claims, problems) : Optional.of(Plan.EMPTY);
        adopted.traffic().forEach(plan -> claims.add(plan.listeners()));
        Optional<Plan> plan = traffic.map(found -> adopted.with(found, problems))
                .map(found -> isLinked ? Linker.link(found, problems) : found);
        plan.ifPresent(compiled -> diagnostics.addAll(withoutEffect(compiled)));
        diagnostics.addAll(problems.all());
        return new CompiledStack(layout, plan, adopted.units(), adopted.adopted(), diagnostics);
    }

    /// What is looked at beside the machine: services whoever runs them, and sockets.
    private static UnitSet beside(Adopted adopted) {
        return UnitSet.allOf(Stream.concat(
                        adopted.services().units().stream(),
                        adopted.units().units().stream().filter(SocketUnit.class::isInstance))
                .toList());
    }

    /// The same stack, listening where its configuration says.
    public StackReader unmoved() {
        return new StackReader(sources, PortMap.NONE, isLinked, isAdopting);
    }

    /// What the files of a stack without errors say that is allowed and rarely meant, each dialect by its own
    /// rules.
    ///
    /// @param layout that of the stack as this one has read it
    public List<Diagnostic> remarks(Layout layout) {
        List<Diagnostic> found = new ArrayList<>();
        if (layout.hasNginx()) {
            List<Path> files = layout.nginxMain().map(List::of).orElse(layout.nginxSites());
            Path conf = layout.nginxMain()
                    .orElseGet(() -> confFolder(files.getFirst()).resolve("nginx.conf"));
            found.addAll(NginxDialect.lint(conf, files, options(layout.relocation())));
        }
        List<Path> haproxy = layout.others(FileKind.HAPROXY);
        if (!haproxy.isEmpty()) {
            found.addAll(HaproxyDialect.lint(haproxy, haproxyOptions(layout.relocation())));
        }
        layout.unitFolders().forEach(folder -> found.addAll(UnitLint.look(folder)));
        layout.unitFiles().forEach(file -> found.addAll(UnitLint.look(file)));
        return found;
    }

    /// What all configurations say together; nothing as long as one of them has an error.
    private Optional<Plan> traffic(Layout layout, List<Diagnostic> diagnostics, Claims claims, Problems problems) {
        List<Optional<Plan>> parts = new ArrayList<>();
        if (layout.hasNginx()) {
            Compiled compiled = nginx(layout);
            diagnostics.addAll(compiled.diagnostics());
            parts.add(compiled.plan());
        }
        List<Path> haproxy = layout.others(FileKind.HAPROXY);
        if (!haproxy.isEmpty()) {
            dev.fairlead.dialect.haproxy.Compiled compiled =
                    HaproxyDialect.compile(haproxy, haproxyOptions(layout.relocation()));
            diagnostics.addAll(compiled.diagnostics());
            parts.add(compiled.plan());
        }
        for (Path file : layout.others(FileKind.POUND)) {
            var compiled = PoundDialect.compile(file, PoundOptions.plain().withPaths(layout.relocation()::resolve));
            diagnostics.addAll(compiled.diagnostics());
            parts.add(compiled.plan());
        }
        for (Path file : layout.others(FileKind.STUNNEL)) {
            var compiled = StunnelDialect.compile(file, StunnelOptions.here().withPaths(layout.relocation()::resolve));
            diagnostics.addAll(compiled.diagnostics());
            parts.add(compiled.plan());
        }
        parts.forEach(part -> part.ifPresent(plan -> claims.add(plan.listeners())));
        boolean isWhole = !parts.isEmpty() && parts.stream().allMatch(Optional::isPresent);
        return isWhole
                ? Optional.of(
                        Parts.join(parts.stream().flatMap(Optional::stream).toList(), problems))
                : Optional.empty();
    }

    private static HaproxyOptions haproxyOptions(Relocation relocation) {
        return HaproxyOptions.plain()
                .withPaths(relocation::resolve)
                .withEnvironment(System.getenv())
                .withSockets(NumberedSockets::address);
    }

    private Compiled nginx(Layout layout) {
        NginxOptions options = options(layout.relocation());
        if (layout.nginxMain().isPresent()) {
            return NginxDialect.compile(layout.nginxMain().get(), options);
        }
        List<Path> sites = layout.nginxSites();
        return NginxDialect.compileFragments(confFolder(sites.getFirst()), sites, options);
    }

    /// Debian's nginx, but nothing is written where the configuration does not say so.
    private NginxOptions options(Relocation relocation) {
        return NginxOptions.debian()
                .withPaths(relocation::resolve)
                .withSuperuser(Accounts.isRoot() || ports.ports().containsKey(80))
                .withDefaults(Optional.empty(), "stderr", Optional.empty());
    }

    /// Sites include relative to the folder that `nginx.conf` would be in.
    private static Path confFolder(Path site) {
        Path folder = folderOf(site.toAbsolutePath().normalize());
        String name = String.valueOf(folder.getFileName());
        boolean inSubfolder = name.equals("conf.d") || name.equals("sites-enabled") || name.equals("sites-available");
        return inSubfolder ? folderOf(folder) : folder;
    }

    private static Path folderOf(Path path) {
        Path parent = path.getParent();
        return parent == null ? path : parent;
    }

    /// What a configuration says about the program that is different while it runs in the foreground of a stack.
    private static List<Diagnostic> withoutEffect(Plan plan) {
        Stream<Diagnostic> user = plan.runtime().runAs().stream()
                .map(asked -> Diagnostic.note(
                                "up.user",
                                asked.origin(),
                                "\"user\" has no effect here: requests are served as who runs this")
                        .hint("units take their User= from their own files; " + program(asked.origin())
                                + " honours this line"));
        Stream<Diagnostic> pid = plan.runtime().pidFile().stream()
                .map(asked -> Diagnostic.note("up.pid", asked.origin(), "\"pid\" has no effect here")
                        .hint("fairlead status tells the process id; " + program(asked.origin()) + " writes the file"));
        Stream<Diagnostic> unknown = plan.runtime().runAs().stream()
                .filter(asked -> Accounts.user(asked.user()).isEmpty())
                .map(asked -> Diagnostic.warning(
                                "up.user", asked.origin().nearest(asked.user()), "there is no user " + asked.user())
                        .hint("it makes no difference here; " + program(asked.origin()) + " would not start as root"));
        return Stream.concat(Stream.concat(user, unknown), pid)
                .filter(note -> !note.span().isBuiltIn())
                .toList();
    }

    private static String program(Span line) {
        String name = FileKind.of(line.file()).program();
        return name.isEmpty() ? "the program's own command" : "fairlead " + name;
    }

    private static List<Job> jobs(Layout layout, Problems problems) {
        UpstartOptions options = jobOptions(layout);
        return layout.jobs().stream()
                .flatMap(place -> UpstartDialect.load(place, options, problems).stream())
                .toList();
    }

    private static UpstartOptions jobOptions(Layout layout) {
        return layout.relocation()
                .root()
                .map(root -> UpstartOptions.here().root(root))
                .orElseGet(UpstartOptions::here);
    }

    private UnitSet units(Layout layout, Problems problems) {
        UnitOptions options = layout.relocation()
                .root()
                .map(root -> UnitOptions.here().root(root))
                .orElseGet(UnitOptions::here);
        Map<String, Unit> units = new LinkedHashMap<>();
        Set<String> enabled = new LinkedHashSet<>();
        List<UnitSource> sources = new ArrayList<>();
        List<UnitSet> all = new ArrayList<>();
        layout.unitFiles().forEach(file -> all.add(UnitFolder.load(file, options, problems)));
        if (!layout.unitFolders().isEmpty()) {
            all.add(UnitFolder.load(layout.unitFolders(), options, problems));
        }
        for (UnitSet found : all) {
            found.units().forEach(unit -> units.putIfAbsent(unit.name(), unit));
            enabled.addAll(found.enabled());
            sources.add(found.onDemand());
        }
        for (Job job : jobs(layout, problems)) {
            Optional<Unit> service = Optional.ofNullable(units.get(job.name() + ".service"));
            if (service.isPresent()) {
                problems.add(
                        Diagnostic.note(
                                        "up.job-and-service",
                                        job.origin(),
                                        "the job is not run: " + service.get().name() + " stands for the same program")
                                .hint(
                                        "as on a machine with systemd; to run the job, name its file with --upstart and leave the unit out"));
                continue;
            }
            Unit other = units.putIfAbsent(job.name(), job);
            if (other != null) {
                problems.error(
                        "stack.job-twice",
                        job.origin(),
                        "there is a job " + job.name() + " already",
                        "the other one is " + other.origin().fileAndLine());
            }
        }
        return new UnitSet(
                List.copyOf(units.values()),
                enabled,
                name -> sources.stream().flatMap(one -> one.unit(name).stream()).findFirst());
    }
}
