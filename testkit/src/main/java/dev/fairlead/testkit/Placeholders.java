package dev.fairlead.testkit;

import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// Words in configuration texts that stand for what only a run of a test knows, such as ports and folders.
public final class Placeholders {
    private Placeholders() {}

    /// Replaces all words at once: a folder's name that has been put in may well hold the number of a port.
    public static String fill(String text, Map<String, String> words) {
        if (words.isEmpty()) {
            return text;
        }
        return Pattern.compile(words.keySet().stream().map(Pattern::quote).collect(Collectors.joining("|")))
                .matcher(text)
                .replaceAll(found -> Matcher.quoteReplacement(Objects.requireNonNull(words.get(found.group()))));
    }
}
