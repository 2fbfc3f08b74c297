package dev.fairlead.process.supervisor.launch;

import dev.fairlead.process.baton.Baton;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;

/// The variables that every service finds: those a supervisor starts with, and those operators have set since.
/// Only on the master loop.
public final class ManagerVariables {
    private static final Pattern NAME = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*");

    private final Map<String, String> set = new TreeMap<>();

    /// Those of a supervisor nobody has told anything.
    static SequencedMap<String, String> initial() {
        SequencedMap<String, String> variables = new LinkedHashMap<>();
        Optional.ofNullable(System.getenv("LANG")).ifPresent(lang -> variables.put("LANG", lang));
        variables.put("PATH", Programs.PATH);
        return variables;
    }

    public SequencedMap<String, String> all() {
        SequencedMap<String, String> variables = initial();
        variables.putAll(set);
        return variables;
    }

    /// @param unset names, or `NAME=value` for only that value
    /// @param assignments `NAME=value`
    /// @return what is wrong with them; empty: it is done
    public Optional<String> change(List<String> unset, List<String> assignments) {
        if (!assignments.stream().allMatch(ManagerVariables::isAssignment)) {
            return Optional.of("Invalid environment assignments");
        }
        if (!unset.stream()
                .allMatch(text -> isAssignment(text) || NAME.matcher(text).matches())) {
            return Optional.of("Invalid environment variable names or assignments");
        }
        for (String text : unset) {
            int equals = text.indexOf('=');
            if (equals < 0) {
                set.remove(text);
            } else {
                set.remove(text.substring(0, equals), text.substring(equals + 1));
            }
        }
        for (String text : assignments) {
            int equals = text.indexOf('=');
            set.put(text.substring(0, equals), text.substring(equals + 1));
        }
        return Optional.empty();
    }

    public void save(Baton baton) {
        set.forEach((name, value) -> baton.add("variables").put("name", name).put("value", value));
    }

    public void resume(Baton baton) {
        baton.parts("variables").forEach(one -> set.put(one.text("name", ""), one.text("value", "")));
    }

    private static boolean isAssignment(String text) {
        int equals = text.indexOf('=');
        return equals > 0 && NAME.matcher(text.substring(0, equals)).matches() && text.indexOf('\0') < 0;
    }
}
