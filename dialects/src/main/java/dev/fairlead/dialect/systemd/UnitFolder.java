package dev.fairlead.dialect.systemd;

import dev.fairlead.dialect.systemd.name.Specifiers;
import dev.fairlead.dialect.systemd.name.UnitName;
import dev.fairlead.dialect.systemd.name.UnitNames;
import dev.fairlead.dialect.systemd.name.UnitOptions;
import dev.fairlead.dialect.systemd.setting.Draft;
import dev.fairlead.dialect.systemd.setting.Drafts;
import dev.fairlead.dialect.systemd.setting.Key;
import dev.fairlead.dialect.systemd.setting.KeyTable;
import dev.fairlead.dialect.systemd.setting.Reading;
import dev.fairlead.dialect.systemd.text.Assignment;
import dev.fairlead.model.service.ApplicationUnit;
import dev.fairlead.model.service.Dependencies;
import dev.fairlead.model.service.Job;
import dev.fairlead.model.service.PathUnit;
import dev.fairlead.model.service.Relation;
import dev.fairlead.model.service.Service;
import dev.fairlead.model.service.SocketUnit;
import dev.fairlead.model.service.Target;
import dev.fairlead.model.service.TimerUnit;
import dev.fairlead.model.service.Unit;
import dev.fairlead.model.service.UnitRules;
import dev.fairlead.model.service.UnitSet;
import dev.fairlead.model.service.socket.Activation;
import dev.fairlead.source.Diagnostic;
import dev.fairlead.source.Problems;
import dev.fairlead.source.SourceFile;
import dev.fairlead.source.Span;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Reads a folder of units: finds their files wherever below it they lie, finds out which are enabled and reads
/// those and what they pull in.
///
/// Enabled is what a link in a target's `.wants/` or `.requires/` folder names. A folder without any such link
/// enables every unit in it (a template only with `DefaultInstance=`; a service that a socket, timer or path of
/// the same name starts only if its `[Install]` says where), because someone who has just written a unit has
/// not enabled it yet and wants to see it run.
public final class UnitFolder {
    /// Names that systemd itself provides, so that units which want them are not told they are missing.
    private static final Set<String> PROVIDED = Set.of("target", "slice", "device", "mount", "swap", "scope");

    /// Kinds of unit that start a service of the same name.
    private static final Set<String> STARTERS = Set.of("socket", "timer", "path");

    private final UnitTree tree;
    private final UnitOptions options;
    private final Problems problems;
    private final Map<String, Unit> units = new LinkedHashMap<>();
    private final Set<String> told = new HashSet<>();

    private UnitFolder(UnitTree tree, UnitOptions options, Problems problems) {
        this.tree = tree;
        this.options = options;
        this.problems = problems;
    }

    /// Reads the units below a folder, or a single unit file.
    ///
    /// @return what can be used of them; a unit with an error is left out, and the error is among the problems
    public static UnitSet load(Path fileOrFolder, UnitOptions options, Problems problems) {
        if (Files.isDirectory(fileOrFolder)) {
            return load(List.of(fileOrFolder), options, problems);
        }
        Path parent = Optional.ofNullable(fileOrFolder.getParent()).orElse(Path.of("."));
        UnitFolder folder = new UnitFolder(UnitTree.scan(parent, new Problems()), options, problems);
        return folder.load(folder.enabledOf(fileOrFolder), List.of());
    }

    /// Reads the units below folders that belong together, such as those of a machine's search path: a link in
    /// one may enable a unit in another.
    public static UnitSet load(List<Path> folders, UnitOptions options, Problems problems) {
        UnitFolder folder = new UnitFolder(UnitTree.scan(folders, problems), options, problems);
        return folder.load(folder.enabled(), folder.tree.names());
    }

    /// Whether a folder holds anything for this dialect.
    public static boolean hasUnits(Path folder) {
        return !UnitTree.scan(folder, new Problems()).isEmpty();
    }

    /// @param known units that are read although they may not be enabled, so that they can be started by hand
    private UnitSet load(Set<UnitName> enabled, List<UnitName> known) {
        Deque<UnitName> waiting = new ArrayDeque<>(enabled);
        Set<String> names = new LinkedHashSet<>();
        enabled.forEach(name -> names.add(tree.resolved(name).toString()));
        known.stream().filter(name -> !name.isTemplate()).forEach(waiting::add);
        while (!waiting.isEmpty()) {
            UnitName name = tree.resolved(waiting.poll());
            if (!units.containsKey(name.toString()) && !tree.isMasked(name)) {
                read(name).ifPresent(unit -> {
                    units.put(unit.name(), unit);
                    unit.dependencies()
                            .started()
                            .forEach(other -> UnitName.parse(other).ifPresent(waiting::add));
                });
            }
        }
        names.retainAll(units.keySet());
        units.values().forEach(this::reportMissing);
        reportIdle(names);
        return new UnitSet(List.copyOf(units.values()), names, this::onDemand);
    }

    /// What is wrong with its text was told when the folder was read, or is told with `check`.
    private synchronized Optional<Unit> onDemand(String name) {
        return UnitName.parse(name)
                .map(tree::resolved)
                .filter(unit -> !unit.isTemplate() && !tree.isMasked(unit))
                .filter(unit -> tree.fragment(unit).isPresent())
                .flatMap(this::read);
    }

    private Set<UnitName> enabled() {
        Set<UnitName> enabled = new LinkedHashSet<>();
        for (UnitTree.Link link : tree.links()) {
            if (link.owner().suffix().equals("target")) {
                enabledBy(link).ifPresent(enabled::add);
            }
        }
        if (tree.links().isEmpty()) {
            tree.names().stream()
                    .filter(name -> !name.suffix().equals("target") && comesUpByItself(name))
                    .forEach(name -> enabledItself(name).ifPresent(enabled::add));
        }
        return enabled;
    }

    /// A service that is there to be started by another unit need not be enabled.
    private boolean comesUpByItself(UnitName name) {
        boolean hasStarter = STARTERS.stream()
                .anyMatch(suffix -> tree.fragment(name.withSuffix(suffix)).isPresent()
                        || tree.fragment(name.template().withSuffix(suffix)).isPresent());
        if (!name.suffix().equals("service") || !hasStarter) {
            return true;
        }
        return tree.fragment(name)
                .map(file -> draft(name, file, new Problems()))
                .filter(draft -> !draft.wantedBy.isEmpty() || !draft.requiredBy.isEmpty())
                .isPresent();
    }

    private Set<UnitName> enabledOf(Path file) {
        Set<UnitName> enabled = new LinkedHashSet<>();
        Optional<UnitName> name = UnitName.parse(String.valueOf(file.getFileName()));
        if (name.isEmpty()) {
            problems.error(
                    "systemd.invalid-unit-name",
                    new SourceFile(file.toString(), "").end(),
                    "\"" + file.getFileName() + "\" is not a valid unit name",
                    UnitNames.hint(file.getFileName().toString()));
            return enabled;
        }
        for (UnitTree.Link link : tree.links()) {
            if (link.unit().template().equals(name.get().template())) {
                enabledBy(link).ifPresent(enabled::add);
            }
        }
        if (enabled.isEmpty()) {
            enabledItself(name.get()).ifPresent(enabled::add);
        }
        return enabled;
    }

    private Optional<UnitName> enabledBy(UnitTree.Link link) {
        UnitName name = tree.resolved(link.unit());
        if (tree.isMasked(name)) {
            return Optional.empty();
        }
        if (tree.fragment(name).isEmpty()) {
            if (!PROVIDED.contains(name.suffix())) {
                report(Diagnostic.warning(
                                "systemd.missing-unit",
                                tree.linkText(link.path()).span(0, 0),
                                "Unit " + name + " not found.")
                        .hint(
                                name.hasInstance()
                                        ? "it needs " + name.template() + " or a file of its own"
                                        : "the link's unit is not in this folder"));
            }
            return Optional.empty();
        }
        return name.isTemplate() ? instantiated(name) : Optional.of(name);
    }

    private Optional<UnitName> enabledItself(UnitName name) {
        return name.isTemplate() ? instantiated(name) : Optional.of(name);
    }

    /// A template's default instance; without one, what is needed is said.
    private Optional<UnitName> instantiated(UnitName template) {
        Optional<Path> file = tree.fragment(template);
        if (file.isEmpty()) {
            return Optional.empty();
        }
        Optional<String> instance = draft(template, file.get(), new Problems()).defaultInstance;
        if (instance.isEmpty()) {
            tree.text(file.get())
                    .ifPresent(text -> report(Diagnostic.note(
                                    "systemd.template",
                                    text.span(0, 0),
                                    template + " is a template; none of its instances is enabled")
                            .hint("enable one: ln -s ../" + template + " multi-user.target.wants/"
                                    + template.withInstance("NAME"))));
        }
        return instance.map(template::withInstance);
    }

    private Optional<Unit> read(UnitName name) {
        Optional<Path> file = tree.fragment(name);
        if (file.isEmpty()) {
            return isWantedTarget(name) ? Optional.of(linkedTarget(name)) : Optional.empty();
        }
        Problems own = new Problems();
        Draft draft = draft(name, file.get(), own);
        addLinks(draft);
        draft.relations.replaceAll((relation, names) -> realNames(names));
        Unit unit = Drafts.unit(draft, options, own);
        own.all().stream().sorted(inTextOrder(draft.sources)).forEach(this::report);
        return own.hasErrors() ? Optional.empty() : Optional.of(unit);
    }

    /// With aliases replaced by what they stand for.
    private Set<String> realNames(Set<String> names) {
        Set<String> real = new LinkedHashSet<>();
        for (String name : names) {
            real.add(UnitName.parse(name)
                    .map(unit -> tree.resolved(unit).toString())
                    .orElse(name));
        }
        return real;
    }

    private static Comparator<Diagnostic> inTextOrder(List<Path> sources) {
        List<String> names = sources.stream().map(Path::toString).toList();
        return Comparator.comparingInt(
                        (Diagnostic one) -> names.indexOf(one.span().file().name()))
                .thenComparingInt(one -> one.span().start());
    }

    private Draft draft(UnitName name, Path file, Problems own) {
        Optional<SourceFile> text = tree.text(file);
        Span origin = text.map(source -> source.span(0, firstLine(source))).orElse(Span.builtIn());
        Draft draft = new Draft(name, origin);
        Specifiers specifiers = new Specifiers(name, file.toAbsolutePath().normalize(), options);
        Reading reading = new Reading(draft, specifiers, options, own);
        text.ifPresent(source -> {
            draft.sources.add(file);
            apply(source, reading);
        });
        for (Path dropIn : tree.dropIns(name)) {
            tree.text(dropIn).ifPresent(source -> {
                draft.sources.add(dropIn);
                apply(source, reading);
            });
        }
        return draft;
    }

    private static int firstLine(SourceFile source) {
        return source.line(1).length();
    }

    private static void apply(SourceFile source, Reading reading) {
        Set<String> sections = KeyTable.sections(reading.draft().name.suffix());
        for (Assignment assignment : UnitText.read(source, sections, reading.problems())) {
            Optional<Key> key = KeyTable.find(assignment.section(), assignment.key());
            if (key.isPresent()) {
                key.get().setter().set(assignment, reading);
            } else if (KeyTable.SECTIONS.contains(assignment.section())
                    && !assignment.key().startsWith("X-")) {
                reading.problems()
                        .add(Diagnostic.warning(
                                        "systemd.unknown-key",
                                        assignment.keySpan(),
                                        "Unknown key '" + assignment.key() + "' in section [" + assignment.section()
                                                + "], ignoring.")
                                .hint(KeyTable.hint(assignment.section(), assignment.key())));
            }
        }
    }

    private boolean isWantedTarget(UnitName name) {
        return name.suffix().equals("target")
                && tree.links().stream().anyMatch(link -> link.owner().equals(name));
    }

    /// A target of the machine, known here only by what is linked to it.
    private Unit linkedTarget(UnitName name) {
        Draft draft = new Draft(name, Span.builtIn());
        addLinks(draft);
        return new Target(
                name.toString(),
                name.toString(),
                new Dependencies(draft.relations),
                UnitRules.NONE,
                List.of(),
                Span.builtIn());
    }

    private void addLinks(Draft draft) {
        for (UnitTree.Link link : tree.links()) {
            if (link.owner().equals(draft.name) || link.owner().equals(draft.name.template())) {
                enabledBy(link)
                        .ifPresent(unit -> draft.relation(link.isRequired() ? Relation.REQUIRES : Relation.WANTS)
                                .add(unit.toString()));
            }
        }
    }

    private void reportMissing(Unit unit) {
        unit.dependencies().names(Relation.TRIGGERS).forEach(started -> reportOrphan(unit, started));
        if (unit instanceof SocketUnit socket && socket.activation() instanceof Activation.PerConnection each) {
            reportOrphan(socket, each.template());
        }
        for (String required : unit.dependencies().names(Relation.REQUIRES)) {
            boolean provided = UnitName.parse(required)
                    .map(name -> PROVIDED.contains(name.suffix()))
                    .orElse(true);
            if (!units.containsKey(required) && !provided && !isRefused(required)) {
                report(Diagnostic.warning(
                                "systemd.missing-unit",
                                unit.mention(required),
                                unit.name() + " requires " + required + ", which is not here")
                        .hint("it is taken as being provided by the machine"));
            }
        }
    }

    /// Whether it has a file: then what is wrong with that was said.
    private boolean isRefused(String name) {
        return UnitName.parse(name)
                .map(tree::resolved)
                .filter(found -> !tree.isMasked(found) && tree.fragment(found).isPresent())
                .isPresent();
    }

    /// A unit cannot start whose service is not there.
    private void reportOrphan(Unit unit, String service) {
        boolean isThere = UnitName.parse(service)
                .map(tree::resolved)
                .filter(name -> !tree.isMasked(name) && tree.fragment(name).isPresent())
                .isPresent();
        if (!isThere) {
            report(Diagnostic.warning(
                            "systemd.missing-unit",
                            unit.mention(service),
                            unit.name() + " is for " + service + ", which is not here")
                    .hint(
                            unit instanceof SocketUnit
                                    ? "Service= in [Socket] names another one"
                                    : "Unit= names another one"));
        }
    }

    private void reportIdle(Set<String> enabled) {
        Set<String> pulled = new HashSet<>(enabled);
        units.values().forEach(unit -> pulled.addAll(unit.dependencies().started()));
        for (Unit unit : units.values()) {
            if (!pulled.contains(unit.name()) && !(unit instanceof Target)) {
                report(Diagnostic.note(
                                "systemd.not-enabled",
                                unit.origin(),
                                unit.name() + " is not enabled and nothing pulls it in; it is not started")
                        .hint("enable it: ln -s ../" + unit.name() + " " + target(unit) + ".wants/" + unit.name()));
            }
        }
    }

    private static String target(Unit unit) {
        return switch (unit) {
            case SocketUnit _ -> "sockets.target";
            case TimerUnit _ -> "timers.target";
            case PathUnit _ -> "paths.target";
            case Service _, Target _, ApplicationUnit _, Job _ -> "multi-user.target";
        };
    }

    /// Instances of one template share their text, so what is wrong with it is told once.
    private void report(Diagnostic diagnostic) {
        if (told.add(diagnostic.render())) {
            problems.add(diagnostic);
        }
    }
}
