package dev.fairlead.process.events;

import java.util.Map;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Texts with `$NAME`, `${NAME}`, `${NAME:-OTHERWISE}` and `${NAME:+INSTEAD}` (without the colon an empty value
/// counts as one).
final class Template {
    private static final Pattern VARIABLE =
            Pattern.compile("\\$(?:([A-Za-z_][A-Za-z0-9_]*)|\\{([A-Za-z_][A-Za-z0-9_]*)(?:(:?)([-+])([^}]*))?})");

    private Template() {}

    /// Empty if a variable is not set that has to be; see [#unknown].
    static Optional<String> expand(String text, Map<String, String> values) {
        if (text.indexOf('$') < 0) {
            return Optional.of(text);
        }
        if (unknown(text, values).isPresent()) {
            return Optional.empty();
        }
        return Optional.of(VARIABLE.matcher(text)
                .replaceAll(found -> Matcher.quoteReplacement(value(found.group(1), found, values))));
    }

    /// The first variable that is not set and has to be.
    static Optional<String> unknown(String text, Map<String, String> values) {
        Matcher found = VARIABLE.matcher(text);
        while (found.find()) {
            String name = found.group(1) == null ? found.group(2) : found.group(1);
            boolean isOptional = found.group(1) == null && found.group(4) != null;
            if (!isOptional && !values.containsKey(name)) {
                return Optional.of(name);
            }
        }
        return Optional.empty();
    }

    private static String value(@Nullable String plain, MatchResult found, Map<String, String> values) {
        if (plain != null) {
            return values.getOrDefault(plain, "");
        }
        String value = values.getOrDefault(found.group(2), "");
        if (found.group(4) == null) {
            return value;
        }
        boolean isSet = values.containsKey(found.group(2)) && (found.group(3).isEmpty() || !value.isEmpty());
        boolean isOtherwise = found.group(4).equals("-");
        return isOtherwise ? isSet ? value : found.group(5) : isSet ? found.group(5) : "";
    }
}
