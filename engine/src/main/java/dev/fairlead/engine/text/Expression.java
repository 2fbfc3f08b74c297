package dev.fairlead.engine.text;

import dev.fairlead.engine.compile.Text;
import dev.fairlead.engine.http.Exchange;
import dev.fairlead.model.text.Regex;
import dev.fairlead.source.Problems;
import java.util.concurrent.atomic.AtomicReference;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.jspecify.annotations.Nullable;

/// A compiled regular expression. Looking for it allocates nothing while it is not found, and is given up after a
/// bounded number of steps, so that no request can occupy an event loop for long.
public final class Expression {
    private final Regex regex;
    private final Pattern pattern;
    /// One searcher is kept for the next search; loops that search at the same time make their own.
    private final AtomicReference<@Nullable Search> spare = new AtomicReference<>();

    private Expression(Regex regex, Pattern pattern) {
        this.regex = regex;
        this.pattern = pattern;
    }

    /// An expression that is not sound is a problem, and what is returned then never matches.
    public static Expression compile(Regex regex, Problems problems) {
        int flags = Pattern.UNIX_LINES | (regex.ignoreCase() ? Pattern.CASE_INSENSITIVE : 0);
        try {
            return new Expression(regex, Pattern.compile(Text.bytes(regex.pattern()), flags));
        } catch (PatternSyntaxException unsound) {
            problems.error(
                    "engine.regex",
                    regex.origin(),
                    "the expression \"" + regex.written() + "\" cannot be compiled: " + unsound.getDescription());
            return new Expression(regex, Pattern.compile("(?!)"));
        }
    }

    public Regex regex() {
        return regex;
    }

    /// Looks for it anywhere in the text. When found, the request's captures and the variables of named groups
    /// are those of this match; else they stay as they were.
    ///
    /// @throws TooCostly if it takes too many steps
    public boolean find(String text, Exchange exchange) {
        Search search = borrow();
        boolean isFound = search.in(text, regex);
        if (isFound) {
            keep(search.matcher, exchange);
        }
        giveBack(search);
        return isFound;
    }

    /// As [#find], without an effect on captures.
    public boolean test(String text) {
        Search search = borrow();
        boolean isFound = search.in(text, regex);
        giveBack(search);
        return isFound;
    }

    /// The text with what is found replaced: the first, or all. Groups of the match are the request's captures
    /// while the replacement is put together.
    ///
    /// @throws TooCostly if it takes too many steps
    public String replace(String text, boolean all, Text replacement, Exchange exchange) {
        Search search = borrow();
        StringBuilder out = null;
        int copied = 0;
        for (boolean isFound = search.in(text, regex); isFound; isFound = all && search.again(regex)) {
            if (out == null) {
                out = new StringBuilder(text.length() + 32);
            }
            out.append(text, copied, search.matcher.start());
            keep(search.matcher, exchange);
            out.append(replacement.of(exchange));
            copied = search.matcher.end();
        }
        giveBack(search);
        return out == null ? text : out.append(text, copied, text.length()).toString();
    }

    /// The pattern with `\0` to `\9` replaced by groups of what is found.
    ///
    /// @return null if it is not found
    @Nullable
    String expand(String text, String template) {
        Search search = borrow();
        StringBuilder out = null;
        if (search.in(text, regex)) {
            out = new StringBuilder(template.length() + 32);
            int i = 0;
            while (i < template.length()) {
                char c = template.charAt(i);
                int group = c == '\\' && i + 1 < template.length() ? template.charAt(i + 1) - '0' : -1;
                if (group < 0 || group > 9) {
                    out.append(c);
                    i++;
                } else {
                    String found = group <= search.matcher.groupCount() ? search.matcher.group(group) : null;
                    out.append(found == null ? "" : found);
                    i += 2;
                }
            }
        }
        giveBack(search);
        return out == null ? null : out.toString();
    }

    private void keep(Matcher matcher, Exchange exchange) {
        if (matcher.groupCount() == 0) {
            exchange.values().unmatched();
            return;
        }
        exchange.values().matched(matcher.toMatchResult());
        for (Regex.NamedGroup named : regex.names()) {
            String group = matcher.group(named.group());
            exchange.values().slot(named.variable().slot(), group == null ? "" : group);
        }
    }

    private Search borrow() {
        Search search = spare.getAndSet(null);
        return search == null ? new Search(pattern) : search;
    }

    private void giveBack(Search search) {
        search.text.clear();
        spare.setRelease(search);
    }

    /// Thrown when a search takes too many steps. The request is answered with 500.
    public static final class TooCostly extends RuntimeException {
        private static final long serialVersionUID = 1;

        private TooCostly(Regex regex) {
            super(
                    "the search for \"" + regex.written() + "\" was given up: it took too many steps ["
                            + regex.origin().fileAndLine() + "]",
                    null,
                    false,
                    false);
        }
    }

    private static final class Search {
        private final CountedText text = new CountedText();
        private final Matcher matcher;

        Search(Pattern pattern) {
            matcher = pattern.matcher(text);
        }

        boolean again(Regex regex) {
            try {
                return matcher.find();
            } catch (CountedText.Exhausted | StackOverflowError costly) {
                throw new TooCostly(regex);
            }
        }

        boolean in(String subject, Regex regex) {
            text.set(subject);
            matcher.reset();
            return again(regex);
        }
    }
}
