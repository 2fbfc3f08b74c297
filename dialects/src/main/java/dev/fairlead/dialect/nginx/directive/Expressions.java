package dev.fairlead.dialect.nginx.directive;

import dev.fairlead.dialect.Pcre;
import dev.fairlead.dialect.nginx.scope.Compilation;
import dev.fairlead.dialect.nginx.syntax.Word;
import dev.fairlead.model.text.Regex;
import dev.fairlead.source.Span;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Regular expressions of directives; their named groups declare variables.
final class Expressions {
    private Expressions() {}

    /// The expression, or nothing after saying at its place what is wrong with it.
    static Optional<Regex> regex(Word word, boolean ignoreCase, Compilation c) {
        return switch (Pcre.translate(word.text(), ignoreCase)) {
            case Pcre.Result.Translated translated -> {
                List<Regex.NamedGroup> names = new ArrayList<>();
                for (Pcre.Group group : translated.names()) {
                    if (c.http().variables().settable(group.name()).isEmpty()) {
                        c.value(word, "the duplicate \"" + group.name() + "\" variable");
                    } else {
                        names.add(new Regex.NamedGroup(
                                group.number(), c.http().variables().custom(group.name())));
                    }
                }
                yield Optional.of(new Regex(
                        translated.pattern(), word.text(), ignoreCase, names, translated.groups(), word.span()));
            }
            case Pcre.Result.Refused refused -> {
                Span at =
                        word.part(Math.min(refused.at(), Math.max(0, word.text().length() - 1)));
                Span caret = new Span(at.file(), at.start(), Math.min(at.end(), at.start() + 1));
                if (refused.wellFormed()) {
                    c.problems()
                            .error(
                                    "nginx.unsupported-regex",
                                    caret,
                                    "regular expression \"" + word + "\" is not supported by Fairlead: "
                                            + refused.reason());
                } else {
                    c.problems()
                            .error(
                                    "nginx.regex",
                                    caret,
                                    "pcre2_compile() failed: " + refused.reason() + " in \"" + word + "\""
                                            + rest(word, refused.at()));
                }
                yield Optional.empty();
            }
        };
    }

    /// nginx names what follows the trouble, if anything does.
    private static String rest(Word word, int at) {
        return at >= word.text().length() ? "" : " at \"" + word.text().substring(at) + "\"";
    }
}
