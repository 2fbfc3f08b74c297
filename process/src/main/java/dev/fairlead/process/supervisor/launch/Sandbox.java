package dev.fairlead.process.supervisor.launch;

import dev.fairlead.model.service.execution.Confinement;
import dev.fairlead.model.service.execution.Confinement.Mount;
import dev.fairlead.model.service.execution.Confinement.Own;
import dev.fairlead.model.service.execution.Confinement.Rights;
import dev.fairlead.model.service.execution.Confinement.Root;
import dev.fairlead.model.service.execution.Confinement.Scheduling;
import dev.fairlead.process.supervisor.condition.MachineFacts;
import dev.fairlead.source.Diagnostic;
import dev.fairlead.source.Span;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/// The links of a chain that confine a program, and what this process is not allowed to do about it.
///
/// @param groups files the process writes its number into, to be in control groups
/// @param scheduling tools that say when it gets the machine
/// @param namespaces the tool that gives it files of its own, and the script that arranges them
/// @param rights arguments of `setpriv`
/// @param warnings naming the line of each setting that is left out
public record Sandbox(
        List<Path> groups,
        List<String> scheduling,
        List<String> namespaces,
        List<String> rights,
        List<Diagnostic> warnings) {
    static final Sandbox NONE = new Sandbox(List.of(), List.of(), List.of(), List.of(), List.of());

    public Sandbox {
        groups = List.copyOf(groups);
        scheduling = List.copyOf(scheduling);
        namespaces = List.copyOf(namespaces);
        rights = List.copyOf(rights);
        warnings = List.copyOf(warnings);
    }

    /// @param root what it takes for `/`
    /// @param temporary where its own temporary files lie
    /// @param directory where its program starts
    public static Sandbox of(Confinement confinement, Optional<Root> root, Optional<Path> temporary, Path directory) {
        if (confinement.equals(Confinement.NONE)) {
            return NONE;
        }
        List<Diagnostic> warnings = new ArrayList<>();
        return new Sandbox(
                List.of(),
                scheduling(confinement.scheduling(), warnings),
                namespaces(confinement, root, temporary, directory, warnings),
                root.isPresent()
                        ? withoutRights(confinement.rights(), warnings)
                        : rights(confinement.rights(), warnings),
                warnings);
    }

    /// The same in control groups.
    Sandbox in(List<Path> others) {
        return new Sandbox(others, scheduling, namespaces, rights, warnings);
    }

    private static List<String> scheduling(Scheduling asked, List<Diagnostic> warnings) {
        List<String> words = new ArrayList<>();
        boolean isUrgent = asked.policy()
                        .filter(policy -> policy.equals("fifo") || policy.equals("rr"))
                        .isPresent()
                || asked.disk().filter("realtime"::equals).isPresent();
        if (isUrgent && !MachineFacts.has("sys_nice")) {
            asked.origin().ifPresent(origin -> warnings.add(refused(origin, "sys_nice", "it is scheduled as usual")));
            return words;
        }
        asked.policy().ifPresent(policy -> {
            words.addAll(List.of("chrt", "--" + policy));
            if (asked.resetsOnFork()) {
                words.add("--reset-on-fork");
            }
            boolean hasLevels = policy.equals("fifo") || policy.equals("rr");
            words.add(Integer.toString(hasLevels ? Math.max(1, asked.priority().orElse(1)) : 0));
        });
        if (!asked.processors().isEmpty()) {
            words.addAll(List.of(
                    "taskset",
                    "--cpu-list",
                    asked.processors().stream().map(String::valueOf).collect(Collectors.joining(","))));
        }
        if (asked.disk().isPresent() || asked.diskPriority().isPresent()) {
            String disk = asked.disk().orElse("best-effort");
            words.addAll(List.of("ionice", "--class", disk));
            if (disk.equals("realtime") || disk.equals("best-effort")) {
                words.addAll(List.of(
                        "--classdata", Integer.toString(asked.diskPriority().orElse(4))));
            }
        }
        return words;
    }

    private static List<String> namespaces(
            Confinement confinement,
            Optional<Root> root,
            Optional<Path> temporary,
            Path directory,
            List<Diagnostic> warnings) {
        Set<String> told = new TreeSet<>();
        boolean isAllowed = MachineFacts.has("sys_admin");
        List<Span> all =
                new ArrayList<>(confinement.mounts().stream().map(Mount::origin).toList());
        confinement.namespaces().forEach(own -> all.add(own.origin()));
        if (all.isEmpty() && (root.isEmpty() || !isAllowed)) {
            return List.of();
        }
        if (!isAllowed) {
            for (Span origin : all) {
                if (told.add(origin.fileAndLine())) {
                    warnings.add(refused(origin, "sys_admin", "it sees the machine as it is"));
                }
            }
            return List.of();
        }
        List<String> words = new ArrayList<>(List.of("unshare", "--mount", "--propagation", "slave"));
        for (Own own : confinement.namespaces()) {
            switch (own.kind()) {
                case NETWORK -> words.add("--net");
                case HOST_NAME -> words.add("--uts");
                case IPC -> words.add("--ipc");
                case MOUNTS -> {}
            }
        }
        words.addAll(List.of("--", "/bin/sh", "-c", MountScript.of(confinement, root, temporary, directory), "sh"));
        return words;
    }

    /// The tool that changes the root needs what they would take away.
    private static List<String> withoutRights(Rights asked, List<Diagnostic> warnings) {
        asked.origin()
                .ifPresent(origin -> warnings.add(Diagnostic.warning(
                                "service.not-allowed",
                                origin,
                                origin.text().split("=", 2)[0].strip() + "= cannot be had together with RootDirectory=")
                        .hint("it keeps what its user has")));
        return List.of();
    }

    private static List<String> rights(Rights asked, List<Diagnostic> warnings) {
        boolean asksNothing = asked.bounding().isEmpty()
                && asked.ambient().isEmpty()
                && asked.secureBits().isEmpty();
        if (asksNothing) {
            return List.of();
        }
        if (!MachineFacts.has("setpcap")) {
            asked.origin().ifPresent(origin -> warnings.add(refused(origin, "setpcap", "it keeps what it has")));
            return List.of();
        }
        List<String> words = new ArrayList<>();
        asked.bounding().ifPresent(kept -> words.add("--bounding-set=-all" + added(kept)));
        if (!asked.ambient().isEmpty()) {
            words.add("--inh-caps=-all" + added(asked.ambient()));
            words.add("--ambient-caps=-all" + added(asked.ambient()));
        }
        if (!asked.secureBits().isEmpty()) {
            words.add("--securebits="
                    + asked.secureBits().stream()
                            .sorted()
                            .map(bit -> "+" + bit.replace('-', '_'))
                            .collect(Collectors.joining(",")));
        }
        return words;
    }

    private static String added(Set<String> capabilities) {
        return capabilities.stream().sorted().map(name -> ",+" + name).collect(Collectors.joining());
    }

    private static Diagnostic refused(Span origin, String capability, String instead) {
        String setting = origin.text().split("=", 2)[0].strip();
        return Diagnostic.warning(
                        "service.not-allowed",
                        origin,
                        setting + "= needs CAP_" + capability.toUpperCase(Locale.ROOT)
                                + ", which Fairlead does not have")
                .hint(instead);
    }
}
