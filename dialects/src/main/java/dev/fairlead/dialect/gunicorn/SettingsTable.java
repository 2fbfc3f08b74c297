package dev.fairlead.dialect.gunicorn;

import dev.fairlead.unit.Suggestion;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Every setting of gunicorn 20 to 26 (its documentation, "Settings").
public final class SettingsTable {
    /// In the order they are documented.
    public static final List<Setting> ROWS = rows();

    /// Those that leave logging to Python.
    static final List<String> PYTHON_LOGS =
            List.of("logger_class", "logconfig", "logconfig_dict", "logconfig_json", "syslog", "statsd_host");

    private static final Map<String, Setting> BY_NAME = byName();
    private static final Map<String, Setting> BY_FLAG = byFlag();

    private SettingsTable() {}

    public static Optional<Setting> named(String name) {
        return Optional.ofNullable(BY_NAME.get(name));
    }

    /// The setting that a name is nearly, and is not; names that begin with `_` are a file's own.
    public static Optional<String> misspelt(String name) {
        return named(name).isPresent() || name.startsWith("_")
                ? Optional.empty()
                : Suggestion.nearest(name, BY_NAME.keySet()).filter(near -> near.charAt(0) == name.charAt(0));
    }

    /// @param flag with its dashes
    static Optional<Setting> flagged(String flag) {
        return Optional.ofNullable(BY_FLAG.get(flag));
    }

    /// Every flag there is.
    static List<String> flags() {
        return List.copyOf(BY_FLAG.keySet());
    }

    private static Map<String, Setting> byName() {
        Map<String, Setting> all = new LinkedHashMap<>();
        ROWS.forEach(row -> all.put(row.name(), row));
        return all;
    }

    private static Map<String, Setting> byFlag() {
        Map<String, Setting> all = new LinkedHashMap<>();
        ROWS.forEach(row -> row.flags().forEach(flag -> all.put(flag, row)));
        return all;
    }

    private static List<Setting> rows() {
        List<Setting> all = new ArrayList<>();
        all.addAll(WorkerRows.ROWS);
        all.addAll(MechanicsRows.ROWS);
        all.addAll(LoggingRows.ROWS);
        all.addAll(TlsRows.ROWS);
        all.addAll(HookRows.ROWS);
        all.addAll(NewerRows.ROWS);
        return List.copyOf(all);
    }
}
