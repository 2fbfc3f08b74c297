package dev.fairlead.model.text;

import dev.fairlead.source.Span;
import java.util.List;

/// A regular expression, ready for `java.util.regex`; the dialect has translated its own syntax.
/// It is matched against bytes seen as ISO-8859-1 characters, and is found anywhere in the text.
///
/// @param pattern in the syntax of [java.util.regex.Pattern]
/// @param written as the operator wrote it, for messages
/// @param names the named groups, which set variables when the expression matches
/// @param groups how many capturing groups there are
public record Regex(
        String pattern, String written, boolean ignoreCase, List<NamedGroup> names, int groups, Span origin) {
    public record NamedGroup(int group, Variable.Custom variable) {}
}
