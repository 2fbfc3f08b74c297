package dev.fairlead.dialect.systemd.setting;

import dev.fairlead.unit.Suggestion;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/// Every setting of the sections that units here can have.
public final class KeyTable {
    public static final Set<String> SECTIONS = Set.of("Unit", "Service", "Socket", "Timer", "Path", "Install");
    static final List<Key> ROWS = Stream.of(
                    UnitKeys.ROWS,
                    ConditionKeys.ROWS,
                    ServiceKeys.ROWS,
                    SocketKeys.ROWS,
                    TimerKeys.ROWS,
                    PathKeys.ROWS,
                    ExecKeys.ROWS,
                    LogKeys.ROWS,
                    FolderKeys.ROWS,
                    MountKeys.ROWS,
                    RightsKeys.ROWS,
                    ResourceKeys.ROWS,
                    KillKeys.ROWS,
                    InstallKeys.ROWS,
                    OtherKeys.ROWS)
            .flatMap(Collection::stream)
            .toList();
    private static final Map<String, Map<String, Key>> BY_SECTION = index();

    private KeyTable() {}

    public static Optional<Key> find(String section, String name) {
        Key own = BY_SECTION.getOrDefault(section, Map.of()).get(name);
        return own == null && section.equals("Socket") ? surroundings(name) : Optional.ofNullable(own);
    }

    /// The commands of a socket unit have surroundings as those of a service.
    private static Optional<Key> surroundings(String name) {
        return Optional.ofNullable(BY_SECTION.getOrDefault("Service", Map.of()).get(name))
                .filter(key -> !ServiceKeys.ROWS.contains(key));
    }

    /// In whatever section.
    public static Optional<Key> find(String name) {
        return ROWS.stream().filter(key -> key.name().equals(name)).findFirst();
    }

    /// What the files of units of one kind have.
    public static Set<String> sections(String suffix) {
        return switch (suffix) {
            case "service" -> Set.of("Unit", "Service", "Install");
            case "socket" -> Set.of("Unit", "Socket", "Install");
            case "timer" -> Set.of("Unit", "Timer", "Install");
            case "path" -> Set.of("Unit", "Path", "Install");
            case "target" -> Set.of("Unit", "Install");
            default -> SECTIONS;
        };
    }

    public static Optional<String> nearestSection(String word) {
        return Suggestion.nearest(word, SECTIONS);
    }

    /// What an unknown name in a section may have been meant to be: a near one there, or the same one elsewhere.
    public static Optional<String> hint(String section, String name) {
        Optional<String> elsewhere = ROWS.stream()
                .filter(key -> key.name().equals(name) && !key.section().equals(section))
                .map(key -> name + "= belongs in [" + key.section() + "]")
                .findFirst();
        return elsewhere.or(() -> Suggestion.nearest(
                        name, BY_SECTION.getOrDefault(section, Map.of()).keySet())
                .map(near -> "did you mean " + near + "=?"));
    }

    private static Map<String, Map<String, Key>> index() {
        Map<String, Map<String, Key>> all = new LinkedHashMap<>();
        for (Key key : new ArrayList<>(ROWS)) {
            Key before = all.computeIfAbsent(key.section(), section -> new LinkedHashMap<>())
                    .putIfAbsent(key.name(), key);
            if (before != null) {
                throw new IllegalStateException("two rows for [" + key.section() + "] " + key.name());
            }
        }
        return all;
    }
}
