package dev.fairlead.cli.systemctl;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;

/// What is known of one unit, by systemd's names.
record Properties(SequencedMap<String, String> all) {
    String text(String name) {
        return all.getOrDefault(name, "");
    }

    /// Empty where it is not known.
    List<String> list(String name) {
        return Arrays.stream(text(name).split(" ", -1))
                .filter(word -> !word.isEmpty())
                .toList();
    }

    long number(String name) {
        String text = text(name);
        return text.matches("-?\\d{1,18}") ? Long.parseLong(text) : 0;
    }

    String id() {
        return text("Id");
    }

    String activity() {
        return text("ActiveState");
    }

    boolean isUp() {
        return activity().equals("active") || activity().equals("reloading");
    }

    boolean isLoaded() {
        return text("LoadState").equals("loaded");
    }

    Properties with(Map<String, String> more) {
        SequencedMap<String, String> joined = new LinkedHashMap<>(all);
        joined.putAll(more);
        return new Properties(joined);
    }

    /// Of a unit that is not running and of which no more is known.
    static Properties down(String name, String loadState, Map<String, String> more) {
        SequencedMap<String, String> all = new LinkedHashMap<>();
        all.put("Id", name);
        all.put("Names", name);
        all.put("Description", name);
        all.put("LoadState", loadState);
        all.put("ActiveState", "inactive");
        all.put("SubState", "dead");
        all.putAll(more);
        return new Properties(all);
    }

    /// The dot in front of it.
    String dot() {
        return switch (activity()) {
            case "active" -> "●";
            case "reloading" -> "↻";
            case "failed" -> "×";
            case "inactive", "maintenance" -> "○";
            default -> "●";
        };
    }
}
