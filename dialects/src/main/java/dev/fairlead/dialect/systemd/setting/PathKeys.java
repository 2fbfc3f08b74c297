package dev.fairlead.dialect.systemd.setting;

import dev.fairlead.model.service.Watched;
import java.util.List;
import java.util.Optional;

/// The settings of `[Path]`.
final class PathKeys {
    private static final String PATH = "Path";

    static final List<Key> ROWS = List.of(
            watched("PathExists", Watched.Kind.EXISTS, "While it is there"),
            watched("PathExistsGlob", Watched.Kind.EXISTS_MATCHING, "While something is there that matches"),
            watched("PathChanged", Watched.Kind.CHANGED, "When it was written to and closed, made or removed"),
            watched("PathModified", Watched.Kind.MODIFIED, "As PathChanged=, with each single writing"),
            watched("DirectoryNotEmpty", Watched.Kind.FOLDER_NOT_EMPTY, "While something is in it"),
            Key.honoured(
                    PATH,
                    "Unit",
                    "What it starts, where the name is another",
                    (assignment, reading) -> TimerKeys.started(assignment, reading, "path")
                            .ifPresent(name -> reading.draft().path.unit = Optional.of(name))),
            Key.honoured(
                    PATH,
                    "MakeDirectory",
                    "Makes what is watched a folder",
                    (assignment, reading) ->
                            reading.bool(assignment).ifPresent(on -> reading.draft().path.makesFolders = on)),
            Key.honoured(
                    PATH,
                    "DirectoryMode",
                    "Its permissions",
                    (assignment, reading) ->
                            reading.mode(assignment).ifPresent(mode -> reading.draft().path.folderMode = mode)),
            Key.honoured(
                    PATH,
                    "TriggerLimitIntervalSec",
                    "The time in which activations are counted",
                    (assignment, reading) -> reading.duration(assignment)
                            .ifPresent(span -> reading.draft().path.triggerInterval = span)),
            Key.honoured(
                    PATH,
                    "TriggerLimitBurst",
                    "How many activations there may be",
                    (assignment, reading) -> reading.number(assignment, 0, Integer.MAX_VALUE)
                            .ifPresent(count -> reading.draft().path.triggerBurst = count)));

    private PathKeys() {}

    private static Key watched(String name, Watched.Kind kind, String note) {
        return Key.honoured(PATH, name, note, (assignment, reading) -> {
            if (assignment.value().isEmpty()) {
                // systemd forgets all of them, of whatever kind.
                reading.draft().path.watched.clear();
            } else {
                reading.path(assignment)
                        .ifPresent(path -> reading.draft()
                                .path
                                .watched
                                .add(new Watched(kind, path.toString(), assignment.span())));
            }
        });
    }
}
