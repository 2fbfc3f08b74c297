package dev.fairlead.engine.upstream.answer;

import dev.fairlead.engine.compile.CompileContext;
import dev.fairlead.engine.compile.Text;
import dev.fairlead.engine.http.Exchange;
import dev.fairlead.model.http.Forward.Find;
import dev.fairlead.model.text.Regex;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// One rule that replaces a piece of a field's value.
///
/// @param text what is looked for; null if the expression is
/// @param names groups of the expression that set variables
public record Rewriting(
        @Nullable Text text, @Nullable Pattern expression, List<Regex.NamedGroup> names, Text replacement) {

    static Rewriting compile(Find find, Text replacement, CompileContext context) {
        return switch (find) {
            case Find.Text(var template) -> new Rewriting(context.text(template), null, List.of(), replacement);
            case Find.Expression(Regex regex) -> new Rewriting(null, pattern(regex), regex.names(), replacement);
        };
    }

    public static Pattern pattern(Regex regex) {
        return Pattern.compile(regex.pattern(), regex.ignoreCase() ? Pattern.CASE_INSENSITIVE : 0);
    }

    /// The value with the text at its start replaced, or all of it where the expression is found; null if
    /// neither is.
    @Nullable
    String atStart(Exchange exchange, String value) {
        Text wanted = text;
        if (wanted == null) {
            return found(exchange, value) ? replacement.of(exchange) : null;
        }
        String start = wanted.of(exchange);
        return value.startsWith(start) ? replacement.of(exchange) + value.substring(start.length()) : null;
    }

    /// The domain replaced if it is the one, without regard to case and a dot in front; null if it is not.
    @Nullable
    String ofDomain(Exchange exchange, String value) {
        Text wanted = text;
        if (wanted == null) {
            return found(exchange, value) ? replacement.of(exchange) : null;
        }
        String domain = withoutDot(wanted.of(exchange)).toLowerCase(Locale.ROOT);
        String dot = value.startsWith(".") ? "." : "";
        return withoutDot(value).toLowerCase(Locale.ROOT).equals(domain) ? dot + replacement.of(exchange) : null;
    }

    private static String withoutDot(String domain) {
        return domain.startsWith(".") ? domain.substring(1) : domain;
    }

    private boolean found(Exchange exchange, String value) {
        Pattern wanted = expression;
        if (wanted == null) {
            return false;
        }
        Matcher matcher = wanted.matcher(value);
        if (!matcher.find()) {
            return false;
        }
        exchange.values().matched(matcher.toMatchResult());
        for (Regex.NamedGroup name : names) {
            String group = matcher.group(name.group());
            exchange.values().slot(name.variable().slot(), group == null ? "" : group);
        }
        return true;
    }
}
