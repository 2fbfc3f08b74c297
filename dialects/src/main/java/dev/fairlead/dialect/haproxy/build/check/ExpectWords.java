package dev.fairlead.dialect.haproxy.build.check;

import dev.fairlead.dialect.haproxy.syntax.Word;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// The words of `http-check expect` and `tcp-check expect`.
final class ExpectWords {
    /// Options with a value: what a check is called and what it comes to is for people.
    private static final Set<String> OPTIONS = Set.of(
            "min-recv", "comment", "ok-status", "error-status", "tout-status", "on-success", "on-error", "status-code");

    private ExpectWords() {}

    /// Without options.
    static List<Word> essential(List<Word> words) {
        List<Word> rest = new ArrayList<>();
        for (int i = 0; i < words.size(); i++) {
            boolean isOption = rest.isEmpty() && OPTIONS.contains(words.get(i).text());
            if (isOption) {
                i++;
            } else {
                rest.add(words.get(i));
            }
        }
        return rest;
    }

    /// The text behind a word, with `-m METHOD` in between as an expression.
    ///
    /// @param plain whether it is wanted as it is
    static Optional<Word> behind(String word, List<Word> words, boolean plain) {
        for (int i = 0; i + 1 < words.size(); i++) {
            if (words.get(i).is(word)) {
                boolean hasMethod = words.get(i + 1).is("-m") && i + 3 < words.size();
                Word text = words.get(hasMethod ? i + 3 : i + 1);
                String method = hasMethod ? words.get(i + 2).text() : "str";
                return Optional.of(plain ? text : text.withText(expression(method, text.text())));
            }
        }
        return Optional.empty();
    }

    private static String expression(String method, String text) {
        String quoted = text.replaceAll("[^A-Za-z0-9_]", "\\\\$0");
        return switch (method) {
            case "reg" -> text;
            case "beg" -> "^" + quoted;
            case "end" -> quoted + "$";
            case "sub" -> quoted;
            default -> "^" + quoted + "$";
        };
    }
}
