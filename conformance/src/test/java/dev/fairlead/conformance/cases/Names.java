package dev.fairlead.conformance.cases;

import dev.fairlead.testkit.Placeholders;
import dev.fairlead.testkit.Ports;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// The words in a group's texts that stand for the ports and folders of one run of it.
public final class Names {
    private static final String SWAPPED = "%SWAPPED";

    private final Map<String, String> values = new LinkedHashMap<>();

    Names() {}

    /// `%PORT%`, `%PORT2%`, … for the program's own, and `%DEAD%`, where nothing listens; all free now.
    public static Names ofPorts(int count) {
        Names names = new Names();
        for (int number = 1; number <= count; number++) {
            names.values.put(word("PORT", number), "" + Ports.free());
        }
        names.values.put("%DEAD%", "" + Ports.free());
        return names;
    }

    /// `%UP1%`, `%UP2%`, … for the servers behind it; `%SWAPPED1%`, … with the two bytes of the port swapped.
    public Names upstreams(List<Integer> ports) {
        for (int number = 1; number <= ports.size(); number++) {
            int port = ports.get(number - 1);
            values.put("%UP" + number + "%", "" + port);
            values.put(
                    SWAPPED + number + "%",
                    String.format(Locale.ROOT, "%05d", Short.toUnsignedInt(Short.reverseBytes((short) port))));
        }
        return this;
    }

    /// One more word for a port that is free now.
    public Names port(String word) {
        values.put(word, "" + Ports.free());
        return this;
    }

    /// One more word for a port that somebody listens on.
    public Names port(String word, int port) {
        values.put(word, "" + port);
        return this;
    }

    public Names folder(String word, Path folder) {
        values.put(word, folder.toString());
        return this;
    }

    /// The port called `%PORT%`, `%PORT2%`, … by its number.
    public int port(int number) {
        return number(word("PORT", number));
    }

    /// The port that a word stands for.
    public int number(String word) {
        return Integer.parseInt(values.getOrDefault(word, "0"));
    }

    /// Puts ports and folders where words stand for them.
    public String specialised(String text) {
        return Placeholders.fill(text, values);
    }

    /// Puts the words back where ports and folders show.
    public String generalised(String text) {
        String result = text;
        for (Map.Entry<String, String> name : values.entrySet()) {
            if (name.getValue().startsWith("/")) {
                result = result.replace(name.getValue(), name.getKey());
            }
        }
        for (Map.Entry<String, String> name : values.entrySet()) {
            if (!name.getValue().startsWith("/")) {
                result = result.replaceAll("(?<!\\d)" + name.getValue() + "(?!\\d)", name.getKey());
            }
        }
        return result;
    }

    private static String word(String stem, int number) {
        return number == 1 ? "%" + stem + "%" : "%" + stem + number + "%";
    }
}
