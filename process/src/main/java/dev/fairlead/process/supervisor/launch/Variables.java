package dev.fairlead.process.supervisor.launch;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Replaces variables in the words of a command line: `$NAME` as a word of its own becomes the words of its
/// value (none if it is unset), `${NAME}` anywhere becomes its value, `$$` a dollar sign. There is no shell:
/// nothing else has a meaning.
final class Variables {
    private static final Pattern INSIDE = Pattern.compile("\\$\\$|\\$\\{([A-Za-z_][A-Za-z0-9_]*)}");

    private Variables() {}

    static List<String> expand(List<String> words, Map<String, String> values) {
        List<String> expanded = new ArrayList<>();
        for (String word : words) {
            if (word.startsWith("$") && word.length() > 1 && word.charAt(1) != '{' && word.charAt(1) != '$') {
                Optional.ofNullable(values.get(word.substring(1))).ifPresent(value -> split(value, expanded));
            } else {
                expanded.add(inside(word, values));
            }
        }
        return expanded;
    }

    private static String inside(String word, Map<String, String> values) {
        if (word.indexOf('$') < 0) {
            return word;
        }
        return INSIDE.matcher(word)
                .replaceAll(found -> Matcher.quoteReplacement(
                        found.group(1) == null ? "$" : values.getOrDefault(found.group(1), "")));
    }

    /// At blanks, keeping quoted parts together.
    private static void split(String value, List<String> words) {
        StringBuilder word = new StringBuilder();
        boolean inWord = false;
        char quote = 0;
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if (quote != 0) {
                if (c == quote) {
                    quote = 0;
                } else {
                    word.append(c);
                }
            } else if (c == '"' || c == '\'') {
                quote = c;
                inWord = true;
            } else if (Character.isWhitespace(c)) {
                if (inWord) {
                    words.add(word.toString());
                    word.setLength(0);
                    inWord = false;
                }
            } else {
                word.append(c);
                inWord = true;
            }
        }
        if (inWord) {
            words.add(word.toString());
        }
    }
}
