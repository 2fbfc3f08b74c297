package dev.fairlead.engine.text;

import dev.fairlead.engine.compile.Text;
import dev.fairlead.engine.http.Exchange;
import dev.fairlead.model.http.Regex;
import dev.fairlead.source.Problems;
import java.util.concurrent.atomic.AtomicReference;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/// A compiled regular expression. Looking for it allocates nothing while it is not found, and is given up after a
/// bounded number of steps, so that no request can occupy an event loop for long.
public final class Expression {
    private final Regex regex;
    private final Pattern pattern;
    /// One searcher is kept for the next search; loops that search at the same time make their own.
    private final AtomicReference<@org.jspecify.annotations.Nullable Search> spare = new AtomicReference<>();

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

        boolean in(String subject, Regex regex) {
            text.set(subject);
            matcher.reset();
            try {
                return matcher.find();
            } catch (CountedText.Exhausted | StackOverflowError costly) {
                throw new TooCostly(regex);
            }
        }
    }
}
