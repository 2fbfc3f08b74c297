package dev.fairlead.dialect.systemd.setting;

import dev.fairlead.dialect.systemd.text.Assignment;
import dev.fairlead.dialect.systemd.text.Words;
import dev.fairlead.model.service.execution.Confinement.Folder;
import dev.fairlead.model.service.execution.Confinement.FolderKind;
import dev.fairlead.model.service.execution.Confinement.Keep;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// The settings of `[Service]` that make folders for it.
final class FolderKeys {
    private static final String SERVICE = "Service";
    private static final int ALL_BITS = 07777;

    static final List<Key> ROWS = Stream.concat(
                    Stream.of(
                                    rows("RuntimeDirectory", FolderKind.RUNTIME),
                                    rows("StateDirectory", FolderKind.STATE),
                                    rows("CacheDirectory", FolderKind.CACHE),
                                    rows("LogsDirectory", FolderKind.LOGS),
                                    rows("ConfigurationDirectory", FolderKind.CONFIGURATION))
                            .flatMap(List::stream),
                    Stream.of(Key.honoured(
                            SERVICE, "RuntimeDirectoryPreserve", "yes, no or restart", FolderKeys::preserve)))
            .toList();

    private FolderKeys() {}

    private static String place(FolderKind kind) {
        return switch (kind) {
            case RUNTIME -> "/run";
            case STATE -> "/var/lib";
            case CACHE -> "/var/cache";
            case LOGS -> "/var/log";
            case CONFIGURATION -> "/etc";
        };
    }

    private static List<Key> rows(String name, FolderKind kind) {
        String place = place(kind);
        return List.of(
                Key.honoured(
                        SERVICE,
                        name,
                        "Folders below " + place + " that belong to its user, and $" + kind + "_DIRECTORY",
                        (assignment, reading) -> folders(assignment, reading, kind, place)),
                Key.honoured(
                        SERVICE,
                        name + "Mode",
                        "0755 without it",
                        (assignment, reading) -> mode(assignment, reading)
                                .ifPresent(mode ->
                                        reading.draft().confinement.modes.put(kind, mode))));
    }

    static Optional<Integer> mode(Assignment assignment, Reading reading) {
        try {
            int mode = Integer.parseInt(assignment.value().text(), 8);
            if (mode >= 0 && mode <= ALL_BITS) {
                return Optional.of(mode);
            }
        } catch (NumberFormatException none) {
            // reported below, as a mode out of range is
        }
        reading.ignore(assignment, "Failed to parse mode value, ignoring: ", "an octal mode such as 0750");
        return Optional.empty();
    }

    private static void folders(Assignment assignment, Reading reading, FolderKind kind, String place) {
        List<Folder> folders = reading.draft().confinement.folders.computeIfAbsent(kind, none -> new ArrayList<>());
        if (assignment.value().isEmpty()) {
            folders.clear();
            return;
        }
        for (Words.Word word : reading.words(assignment)) {
            String[] names = word.text().split(":", -1);
            if (!isRelative(names[0])) {
                reading.problems()
                        .warning(
                                "systemd.invalid-value",
                                word.span(),
                                assignment.key() + "= path is not valid, ignoring assignment: " + names[0],
                                "a name below " + place + ", not beginning with / and without ..");
                continue;
            }
            List<Path> links = new ArrayList<>();
            for (int i = 1; i < names.length; i++) {
                if (isRelative(names[i])) {
                    links.add(reading.options().resolve(place + "/" + names[i]));
                }
            }
            folders.add(new Folder(
                    kind, reading.options().resolve(place + "/" + names[0]), links, 0755, assignment.span()));
        }
    }

    private static boolean isRelative(String name) {
        return !name.isEmpty()
                && !name.startsWith("/")
                && !List.of(name.split("/", -1)).contains("..");
    }

    private static void preserve(Assignment assignment, Reading reading) {
        if (assignment.value().text().equals("restart")) {
            reading.draft().confinement.keep = Keep.OVER_RESTARTS;
        } else {
            reading.bool(assignment).ifPresent(on -> reading.draft().confinement.keep = on ? Keep.ALWAYS : Keep.NEVER);
        }
    }
}
