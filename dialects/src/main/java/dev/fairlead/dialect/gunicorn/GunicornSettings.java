package dev.fairlead.dialect.gunicorn;

import dev.fairlead.dialect.gunicorn.Setting.Effect;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// All settings with their values, the stronger source over the weaker: command line, GUNICORN_CMD_ARGS,
/// configuration file, environment, initial values.
public final class GunicornSettings {
    /// How a target begins that is a file of PasteDeploy's.
    static final String PASTE = "paste:";

    private final Map<String, List<String>> values = new LinkedHashMap<>();
    private final Optional<String> target;

    private GunicornSettings(Optional<String> target) {
        this.target = target;
    }

    /// @param fromFile what the configuration file set, each value as a list of texts (a map as NAME=VALUE)
    /// @param environment of the program
    public static GunicornSettings merge(
            CommandLine words,
            CommandLine fromVariable,
            Map<String, List<String>> fromFile,
            Map<String, String> environment)
            throws Fault {
        GunicornSettings all = new GunicornSettings(words.target().or(fromVariable::target));
        String workers = environment.getOrDefault("WEB_CONCURRENCY", "");
        if (!workers.isEmpty()) {
            all.values.put("workers", List.of(workers));
        }
        String port = environment.getOrDefault("PORT", "");
        if (!port.isEmpty()) {
            all.values.put("bind", List.of("0.0.0.0:" + port));
        }
        String trusted = environment.getOrDefault("FORWARDED_ALLOW_IPS", "");
        if (!trusted.isEmpty()) {
            all.values.put("forwarded_allow_ips", List.of(trusted));
        }
        all.values.putAll(fromFile);
        all.values.putAll(fromVariable.values());
        all.values.putAll(words.values());
        all.check();
        return all;
    }

    /// What gunicorn itself refuses of a command line: flags and values that nobody could mean.
    ///
    /// @param words without the program's own name
    public static Optional<String> slip(List<String> words) {
        try {
            CommandLine line = CommandLine.parse(words);
            GunicornSettings given = new GunicornSettings(line.target());
            given.values.putAll(line.values());
            for (String name : given.values.keySet()) {
                if (SettingsTable.named(name)
                        .filter(setting -> setting.kind() == Setting.Kind.NUMBER)
                        .isPresent()) {
                    given.number(name);
                }
            }
            WorkerClass.check(given.text("worker_class"));
            return Optional.empty();
        } catch (Fault fault) {
            return Optional.of(fault.reason());
        }
    }

    private void check() throws Fault {
        for (Map.Entry<String, List<String>> value : values.entrySet()) {
            Optional<Setting> setting = SettingsTable.named(value.getKey());
            if (setting.isEmpty()) {
                continue;
            }
            if (setting.get().kind() == Setting.Kind.NUMBER) {
                number(value.getKey());
            }
            if (setting.get().effect() instanceof Effect.Refused(String reason) && isSet(setting.get())) {
                throw new Fault(1, "Error: " + value.getKey() + " cannot be honoured: " + reason);
            }
        }
    }

    private boolean isSet(Setting setting) {
        String value = text(setting.name());
        return setting.isFlag() ? flag(setting.name()) : !value.isEmpty() && !value.equals(setting.initial());
    }

    /// What was set and changes nothing, with the reason.
    public List<String> withoutEffect() {
        List<String> notes = new ArrayList<>();
        for (String name : values.keySet()) {
            Optional<Setting> setting = SettingsTable.named(name);
            if (setting.isPresent()
                    && setting.get().effect() instanceof Effect.None(String reason)
                    && isSet(setting.get())) {
                notes.add(name + " has no effect: " + reason);
            }
        }
        return notes;
    }

    /// The application; empty if none was named.
    public Optional<String> target() {
        String paste = text("paste");
        return paste.isEmpty()
                ? target.or(() -> Optional.of(text("wsgi_app")).filter(name -> !name.isEmpty()))
                : Optional.of(PASTE + paste);
    }

    public boolean isGiven(String name) {
        return values.containsKey(name);
    }

    /// The last value, or the initial one; empty if there is none.
    public String text(String name) {
        List<String> given = values.getOrDefault(name, List.of());
        return given.isEmpty() ? initial(name) : given.getLast();
    }

    private static String initial(String name) {
        return SettingsTable.named(name).map(Setting::initial).orElse("");
    }

    /// All values of a list, or the initial one.
    public List<String> list(String name) {
        List<String> given = values.getOrDefault(name, List.of());
        if (!given.isEmpty()) {
            return given;
        }
        return initial(name).isEmpty() ? List.of() : List.of(initial(name));
    }

    public boolean flag(String name) {
        String text = text(name).toLowerCase(Locale.ROOT);
        return text.equals("true") || (name.equals("proxy_protocol") && CommandLine.PROXY_VERSIONS.contains(text));
    }

    /// @throws Fault if it is no number of 0 or more
    public long number(String name) throws Fault {
        String text = text(name);
        try {
            long value = text.startsWith("0") && text.length() > 1 && name.equals("umask")
                    ? Long.parseLong(text.replaceFirst("^0[oO]?", ""), 8)
                    : (long) Double.parseDouble(text.replace("_", ""));
            if (value >= 0) {
                return value;
            }
        } catch (NumberFormatException none) {
            // Told below.
        }
        String flags = SettingsTable.named(name)
                .map(setting -> String.join("/", setting.flags()))
                .orElse(name);
        throw CommandLine.usage("argument " + flags + ": invalid int value: '" + text + "' (a number of 0 or more)");
    }

    /// All settings with their values, for `--print-config`.
    public String print() {
        StringBuilder out = new StringBuilder();
        List<String> names =
                new ArrayList<>(SettingsTable.ROWS.stream().map(Setting::name).toList());
        names.sort(null);
        int width = names.stream().mapToInt(String::length).max().orElse(0);
        for (String name : names) {
            Setting setting = SettingsTable.named(name).orElseThrow();
            boolean isList = setting.kind() == Setting.Kind.LIST || setting.kind() == Setting.Kind.MAP;
            out.append(name).append(" ".repeat(width - name.length())).append(" = ");
            out.append(isList ? list(name).toString() : text(name).isEmpty() ? "None" : text(name));
            out.append('\n');
        }
        return out.toString();
    }

    /// Whether workers log requests and Python's loggers say everything: where settings are about those loggers, or
    /// about what traffic does not know of a request.
    public boolean logsInPython() {
        boolean isAsked = SettingsTable.PYTHON_LOGS.stream()
                .anyMatch(name -> SettingsTable.named(name).filter(this::isSet).isPresent());
        if (isAsked) {
            return true;
        }
        boolean hasAccessLog =
                !text("accesslog").isEmpty() && !text("accesslog").equals("None");
        return hasAccessLog && AccessFormat.translate(text("access_log_format")).isEmpty();
    }

    /// As the Python side is told them.
    Map<String, String> forPython() {
        Map<String, String> told = new LinkedHashMap<>();
        if (logsInPython()) {
            told.put("python_logs", "true");
        }
        for (Setting setting : SettingsTable.ROWS) {
            String value = text(setting.name());
            if (!value.isEmpty() && setting.kind() != Setting.Kind.HOOK) {
                told.put(
                        setting.name(),
                        setting.kind() == Setting.Kind.LIST ? String.join(",", list(setting.name())) : value);
            }
        }
        return told;
    }
}
