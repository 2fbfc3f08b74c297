package dev.fairlead.dialect.systemd.setting;

import static dev.fairlead.dialect.systemd.setting.ConfinementDraft.restricted;

import dev.fairlead.dialect.systemd.text.Assignment;
import dev.fairlead.dialect.systemd.text.Words;
import dev.fairlead.model.service.execution.Confinement.Access;
import dev.fairlead.model.service.execution.Confinement.Mount;
import dev.fairlead.model.service.execution.Confinement.Own;
import dev.fairlead.source.Span;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;

/// The settings of `[Service]` that change which of the machine's files it sees.
final class MountKeys {
    private static final String SERVICE = "Service";
    private static final String NEEDS = "; needs the right to mount, otherwise a warning names the line";

    static final List<Key> ROWS = rows();

    private MountKeys() {}

    private static List<Key> rows() {
        List<Key> rows = new ArrayList<>();
        rows.add(Key.partly(SERVICE, "PrivateTmp", "Its own /tmp and /var/tmp" + NEEDS, MountKeys::privateTmp));
        flag(rows, "PrivateDevices", "Only harmless devices", span -> List.of(new Mount.OwnDevices(span)));
        flag(
                rows,
                "ProtectKernelTunables",
                "/proc/sys and /sys are read-only",
                span -> Stream.of("/proc/sys", "/sys")
                        .map(path -> restricted(path, Access.READ_ONLY, span))
                        .toList());
        flag(
                rows,
                "ProtectControlGroups",
                "/sys/fs/cgroup is read-only",
                span -> List.of(restricted("/sys/fs/cgroup", Access.READ_ONLY, span)));
        rows.add(Key.partly(SERVICE, "ProtectSystem", "yes, full or strict" + NEEDS, MountKeys::protectSystem));
        rows.add(Key.partly(SERVICE, "ProtectHome", "yes, read-only or tmpfs" + NEEDS, MountKeys::protectHome));
        paths(rows, Access.READ_ONLY, "ReadOnlyPaths", "ReadOnlyDirectories");
        paths(rows, Access.READ_WRITE, "ReadWritePaths", "ReadWriteDirectories");
        paths(rows, Access.NONE, "InaccessiblePaths", "InaccessibleDirectories");
        paths(rows, Access.EXECUTE, "ExecPaths");
        paths(rows, Access.NO_EXECUTE, "NoExecPaths");
        rows.add(Key.partly(
                SERVICE,
                "BindPaths",
                "Paths that appear elsewhere" + NEEDS,
                (assignment, reading) -> bound(assignment, reading, false)));
        rows.add(Key.partly(
                SERVICE,
                "BindReadOnlyPaths",
                "As BindPaths=, read-only",
                (assignment, reading) -> bound(assignment, reading, true)));
        rows.add(Key.partly(SERVICE, "TemporaryFileSystem", "Empty folders in memory" + NEEDS, MountKeys::covered));
        own(rows, "PrivateNetwork", Own.Kind.NETWORK, "Only its own loopback interface");
        own(rows, "PrivateMounts", Own.Kind.MOUNTS, "What it mounts others do not see");
        own(rows, "ProtectHostname", Own.Kind.HOST_NAME, "Its own host name");
        own(rows, "PrivateIPC", Own.Kind.IPC, "Its own queues and shared memory");
        return List.copyOf(rows);
    }

    private static void flag(List<Key> rows, String name, String note, Function<Span, List<Mount>> made) {
        rows.add(Key.partly(
                SERVICE,
                name,
                note + NEEDS,
                (assignment, reading) -> reading.bool(assignment)
                        .ifPresent(on -> replace(reading, name, on ? made.apply(assignment.span()) : List.of()))));
    }

    private static void replace(Reading reading, String setting, List<? extends Mount> made) {
        List<Mount> mounts = reading.draft().confinement.mounts(setting);
        mounts.clear();
        mounts.addAll(made);
    }

    private static void privateTmp(Assignment assignment, Reading reading) {
        reading.bool(assignment).ifPresent(on -> {
            boolean isSafe =
                    on && !(hidesRoot("/tmp", assignment, reading) || hidesRoot("/var/tmp", assignment, reading));
            replace(reading, "PrivateTmp", isSafe ? List.of(new Mount.OwnTemporary(assignment.span())) : List.of());
        });
    }

    /// Whether the stack lies in a folder of the machine that the service is not to see as it is. Its units do not
    /// mean that one, but the one below the root.
    private static boolean hidesRoot(String folder, Assignment assignment, Reading reading) {
        Optional<Path> hidden = reading.options().root().filter(root -> root.startsWith(folder));
        hidden.ifPresent(root -> reading.problems()
                .warning(
                        "systemd.no-effect",
                        assignment.span(),
                        assignment.key() + "= does nothing about " + folder + " here, where the stack itself lies: "
                                + root,
                        "the service would not find its own files; elsewhere it takes effect"));
        return hidden.isPresent();
    }

    private static void own(List<Key> rows, String name, Own.Kind kind, String note) {
        rows.add(Key.partly(
                SERVICE,
                name,
                note + NEEDS,
                (assignment, reading) -> reading.bool(assignment).ifPresent(on -> {
                    if (on) {
                        reading.draft().confinement.namespaces.put(kind, assignment.span());
                    } else {
                        reading.draft().confinement.namespaces.remove(kind);
                    }
                })));
    }

    private static void protectSystem(Assignment assignment, Reading reading) {
        Span span = assignment.span();
        switch (assignment.value().text()) {
            case "full" -> replace(reading, "ProtectSystem", readOnly(span, "/usr", "/boot", "/efi", "/etc"));
            case "strict" -> {
                List<Mount> mounts = new ArrayList<>(readOnly(span, "/"));
                Stream.of("/dev", "/proc", "/sys")
                        .forEach(path -> mounts.add(restricted(path, Access.READ_WRITE, span)));
                replace(reading, "ProtectSystem", mounts);
            }
            default ->
                reading.bool(assignment)
                        .ifPresent(on -> replace(
                                reading, "ProtectSystem", on ? readOnly(span, "/usr", "/boot", "/efi") : List.of()));
        }
    }

    private static List<Mount> readOnly(Span span, String... paths) {
        return Stream.of(paths)
                .map(path -> restricted(path, Access.READ_ONLY, span))
                .toList();
    }

    private static void protectHome(Assignment assignment, Reading reading) {
        Span span = assignment.span();
        switch (assignment.value().text()) {
            case "read-only" -> replace(reading, "ProtectHome", readOnly(span, homes(assignment, reading)));
            case "tmpfs" ->
                replace(
                        reading,
                        "ProtectHome",
                        Stream.of(homes(assignment, reading))
                                .map(path -> new Mount.Covered(Path.of(path), "mode=0755,ro", span))
                                .toList());
            default ->
                reading.bool(assignment)
                        .ifPresent(on -> replace(
                                reading,
                                "ProtectHome",
                                !on
                                        ? List.of()
                                        : Stream.of(homes(assignment, reading))
                                                .map(path -> restricted(path, Access.NONE, span))
                                                .toList()));
        }
    }

    private static String[] homes(Assignment assignment, Reading reading) {
        return Stream.of("/home", "/root", "/run/user")
                .filter(folder -> !hidesRoot(folder, assignment, reading))
                .toArray(String[]::new);
    }

    private static void paths(List<Key> rows, Access access, String... names) {
        for (String name : names) {
            rows.add(Key.partly(
                    SERVICE,
                    name,
                    "Paths; - before one that may be missing, + before one from RootDirectory= on" + NEEDS,
                    (assignment, reading) -> {
                        List<Mount> mounts = reading.draft().confinement.mounts(names[0]);
                        if (assignment.value().isEmpty()) {
                            mounts.clear();
                        }
                        for (Words.Word word : reading.words(assignment)) {
                            path(assignment, reading, word).ifPresent(path -> {
                                Mount mount = new Mount.Restricted(
                                        path, access, word.text().startsWith("-"), assignment.span());
                                mounts.add(mount);
                                if (!word.text().matches("-?\\+.*")) {
                                    reading.draft().confinement.ofMachine.add(mount);
                                }
                            });
                        }
                    }));
        }
    }

    private static Optional<Path> path(Assignment assignment, Reading reading, Words.Word word) {
        String text = word.text().startsWith("-") ? word.text().substring(1) : word.text();
        text = text.startsWith("+") ? text.substring(1) : text;
        return absolute(assignment, reading, word, text);
    }

    private static Optional<Path> absolute(Assignment assignment, Reading reading, Words.Word word, String text) {
        if (text.startsWith("/")) {
            return Optional.of(reading.options().resolve(text));
        }
        reading.problems()
                .warning(
                        "systemd.invalid-value",
                        word.span(),
                        assignment.key() + "= path is not absolute, ignoring: " + text,
                        "a path from / on");
        return Optional.empty();
    }

    private static void bound(Assignment assignment, Reading reading, boolean isReadOnly) {
        List<Mount> mounts = reading.draft().confinement.mounts("BindPaths");
        if (assignment.value().isEmpty()) {
            mounts.clear();
        }
        for (Words.Word word : reading.words(assignment)) {
            boolean mayBeMissing = word.text().startsWith("-");
            String[] parts = (mayBeMissing ? word.text().substring(1) : word.text()).split(":", -1);
            Optional<Path> from = absolute(assignment, reading, word, parts[0]);
            Optional<Path> to = parts.length > 1 && !parts[1].isEmpty()
                    ? Optional.of(Path.of(parts[1])).filter(Path::isAbsolute)
                    : from;
            boolean isDeep =
                    parts.length < 3 || !Set.of(parts[2].split(",", -1)).contains("norbind");
            if (from.isPresent() && to.isPresent()) {
                mounts.add(new Mount.Bound(from.get(), to.get(), isReadOnly, isDeep, mayBeMissing, assignment.span()));
            }
        }
    }

    private static void covered(Assignment assignment, Reading reading) {
        List<Mount> mounts = reading.draft().confinement.mounts("TemporaryFileSystem");
        if (assignment.value().isEmpty()) {
            mounts.clear();
        }
        for (Words.Word word : reading.words(assignment)) {
            int colon = word.text().indexOf(':');
            String path = colon < 0 ? word.text() : word.text().substring(0, colon);
            String options = colon < 0 ? "" : "," + word.text().substring(colon + 1);
            absolute(assignment, reading, word, path)
                    .ifPresent(place -> mounts.add(new Mount.Covered(place, "mode=0755" + options, assignment.span())));
        }
    }
}
