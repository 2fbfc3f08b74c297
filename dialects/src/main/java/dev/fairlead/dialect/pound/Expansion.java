package dev.fairlead.dialect.pound;

import dev.fairlead.model.text.Attribute;
import dev.fairlead.model.text.Conversion;
import dev.fairlead.model.text.Template;
import dev.fairlead.model.text.Variable;
import dev.fairlead.source.Problems;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Texts with `$1`, `$1(2)` and `%[path]` in them.
final class Expansion {
    private static final Pattern PIECE =
            Pattern.compile("\\$([$%])|\\$(?:(\\d+)|\\{(\\d+)})(?:\\((\\d+)\\))?|%\\[(\\w+)(?:\\s+([^]]+))?]");
    private static final int NUMBER = 2;
    private static final int BRACED = 3;
    private static final int BACK = 4;
    private static final int ACCESSOR = 5;
    private static final int ARGUMENT = 6;

    private final Problems problems;
    private final Matches matches;

    Expansion(Problems problems, Matches matches) {
        this.problems = problems;
        this.matches = matches;
    }

    /// Whether a text refers to a group.
    static boolean hasReferences(String text) {
        return text.matches("(?s).*\\$(\\d|\\{\\d).*") || text.contains("%[");
    }

    Template template(Word word) {
        List<Template.Part> parts = new ArrayList<>();
        String text = word.text();
        Matcher matcher = PIECE.matcher(text);
        int next = 0;
        while (matcher.find()) {
            literal(text.substring(next, matcher.start()), parts);
            next = matcher.end();
            if (matcher.group(1) != null) {
                literal(matcher.group(1), parts);
            } else {
                Optional<Variable> variable = matcher.group(ACCESSOR) == null
                        ? group(matcher, word)
                        : accessor(matcher.group(ACCESSOR), Optional.ofNullable(matcher.group(ARGUMENT)), word);
                variable.ifPresent(found -> parts.add(new Template.Part.Reference(found)));
            }
        }
        literal(text.substring(next), parts);
        return new Template(parts, word.span());
    }

    private static void literal(String text, List<Template.Part> parts) {
        if (!text.isEmpty()) {
            parts.add(new Template.Part.Literal(text));
        }
    }

    private Optional<Variable> group(Matcher matcher, Word word) {
        String number = Optional.ofNullable(matcher.group(NUMBER)).orElseGet(() -> matcher.group(BRACED));
        String back = Optional.ofNullable(matcher.group(BACK)).orElse("0");
        Optional<Variable> found = number.length() > 3 || back.length() > 3
                ? Optional.empty()
                : matches.group(Integer.parseInt(number), Integer.parseInt(back), word.span());
        if (found.isEmpty()) {
            problems.error(
                    "pound.reference",
                    word.span(),
                    "\"" + matcher.group() + "\" refers to a group that no expression before it has",
                    "groups are the parentheses of URL, Path, Host -re and the like; the last of them counts as (0)");
        }
        return found;
    }

    private Optional<Variable> accessor(String name, Optional<String> argument, Word word) {
        Variable host = new Variable.RequestHeader("host");
        return switch (name.toLowerCase(Locale.ROOT)) {
            case "url" -> Optional.of(new Variable.Builtin(Attribute.RAW_TARGET));
            case "path" -> Optional.of(new Variable.Builtin(Attribute.RAW_PATH));
            case "query" -> Optional.of(new Variable.Builtin(Attribute.QUERY));
            case "remoteip" -> Optional.of(new Variable.Builtin(Attribute.CLIENT_ADDRESS));
            case "param" ->
                Optional.of(new Variable.Converted(
                        new Variable.Builtin(Attribute.QUERY),
                        new Conversion.Parameter(argument.orElse(""), '&', false)));
            case "header" ->
                Optional.of(new Variable.RequestHeader(argument.orElse("").toLowerCase(Locale.ROOT)));
            case "cookie" ->
                Optional.of(new Variable.Converted(
                        new Variable.RequestHeader("cookie"),
                        new Conversion.Parameter(argument.orElse(""), ';', false)));
            case "host" -> Optional.of(new Variable.Converted(host, Conversion.Plain.HOST_ONLY));
            case "port" ->
                Optional.of(new Variable.Converted(
                        host,
                        new Conversion.Replaced(
                                new dev.fairlead.model.text.Regex(
                                        "^.*?(:\\d+)?$", "port", false, List.of(), 1, word.span()),
                                Template.of(new Variable.Capture(1), word.span()),
                                false)));
            default -> {
                problems.error(
                        "pound.accessor",
                        word.span(),
                        "unknown request accessor \"" + name + "\"",
                        "one of url, path, query, param NAME, header NAME, cookie NAME, host, port");
                yield Optional.empty();
            }
        };
    }
}
