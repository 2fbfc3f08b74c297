package dev.fairlead.dialect.nginx;

import dev.fairlead.dialect.nginx.syntax.Statement;
import dev.fairlead.dialect.nginx.syntax.Word;
import dev.fairlead.source.Problems;
import java.util.Optional;
import java.util.regex.Pattern;

/// Characters that come with texts copied from web pages and word processors: nginx takes them as they are.
final class Slips {
    static final String BRACED = "an expression with braces in it stands in quotes: \"^/[0-9]{8}$\"";

    private static final Pattern REPETITION = Pattern.compile("[0-9]+(,[0-9]*)?}");
    private static final String TYPOGRAPHIC_QUOTES = "\u201c\u201d\u201e\u2018\u2019\u00ab\u00bb";
    private static final char BYTE_ORDER_MARK = '\ufeff';
    private static final char NO_BREAK_SPACE = '\u00a0';

    private Slips() {}

    /// Warns of quotes that do not quote.
    static void report(Statement statement, Problems problems) {
        for (Word word : statement.args()) {
            String text = word.text();
            boolean odd = !text.isEmpty()
                    && (TYPOGRAPHIC_QUOTES.indexOf(text.charAt(0)) >= 0
                            || TYPOGRAPHIC_QUOTES.indexOf(text.charAt(text.length() - 1)) >= 0);
            if (odd) {
                problems.warning(
                        "nginx.typographic-quotes",
                        word.span(),
                        "typographic quotes are part of the text here",
                        "write plain quotes: \" or '");
            } else if (text.indexOf(NO_BREAK_SPACE) >= 0) {
                problems.warning(
                        "nginx.no-break-space",
                        word.span(),
                        "a no-break space is part of the text here",
                        "write a plain space");
            }
        }
    }

    /// Whether an expression without quotes has been cut in two by its brace: `{8}`, `{1,3}`.
    static boolean isRestOfExpression(String name) {
        return REPETITION.matcher(name).lookingAt();
    }

    /// Whether a comment is begun as in other languages.
    static boolean isForeignComment(String name) {
        return name.startsWith("//") || name.startsWith("/*");
    }

    /// Says what the name of an unknown directive comes from, where no other name is meant.
    static Optional<String> origin(String name) {
        if (isForeignComment(name)) {
            return Optional.of("a comment begins with #");
        }
        if (name.equals("else") || name.equals("elseif") || name.equals("elsif")) {
            return Optional.of("there is no else: write an if with the opposite condition, or a map");
        }
        if (isRestOfExpression(name)) {
            return Optional.of(BRACED);
        }
        return invisible(name);
    }

    private static Optional<String> invisible(String name) {
        if (name.indexOf(BYTE_ORDER_MARK) >= 0) {
            return Optional.of("the text starts with a byte order mark; save it as UTF-8 without one");
        }
        return name.indexOf(NO_BREAK_SPACE) >= 0
                ? Optional.of("there is a no-break space in it; write a plain one")
                : Optional.empty();
    }
}
