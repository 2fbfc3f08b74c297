package dev.fairlead.dialect.pound;

import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A pattern for a whole header line, taken apart into the field's name and what its value has to be like.
///
/// @param names lower case or not, at least one
/// @param value empty for any
record FieldPattern(List<String> names, String value) {
    private static final Pattern FORM =
            Pattern.compile("\\^?(?:\\(([A-Za-z0-9_|-]+)\\)|([A-Za-z0-9_-]+))(?:[ \\t]*:(.*)|\\.\\*)?", Pattern.DOTALL);
    private static final Pattern SPACE = Pattern.compile("^(?:\\[\\[:(?:space|blank):]]|\\[ \\\\t]|\\\\s|[ \\t])[*+]?");
    private static final int VALUE = 3;

    /// Empty for a pattern that says no name.
    static Optional<FieldPattern> of(String pattern) {
        Matcher matcher = FORM.matcher(pattern);
        if (!matcher.matches()) {
            return Optional.empty();
        }
        List<String> names = Optional.ofNullable(matcher.group(1))
                .map(group -> List.of(group.split("\\|", -1)))
                .orElseGet(() -> List.of(matcher.group(2)));
        String value = Optional.ofNullable(matcher.group(VALUE)).orElse("");
        Matcher space = SPACE.matcher(value);
        while (space.find()) {
            value = value.substring(space.end());
            space = SPACE.matcher(value);
        }
        return Optional.of(new FieldPattern(names, value.equals(".*") || value.equals(".*$") ? "" : value));
    }
}
