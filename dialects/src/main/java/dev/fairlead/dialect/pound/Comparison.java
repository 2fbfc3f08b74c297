package dev.fairlead.dialect.pound;

import dev.fairlead.model.text.Condition;
import dev.fairlead.model.text.Regex;
import dev.fairlead.model.text.Template;
import dev.fairlead.model.text.TextSet;
import dev.fairlead.model.text.Variable;
import dev.fairlead.source.Span;
import java.util.List;

/// How a value is compared: the options of a condition and its pattern.
///
/// @param texts more than one if they were read from a file
record Comparison(How how, boolean ignoreCase, List<String> texts, Span span) {
    /// What a pattern is.
    enum How {
        EXPRESSION,
        EXACT,
        BEGINNING,
        END,
        ANYWHERE
    }

    Comparison {
        texts = List.copyOf(texts);
    }

    /// @param from the first argument that may be an option
    static Comparison read(Statement statement, int from, How usual, boolean ignoresCase, Reading reading) {
        How how = usual;
        boolean ignoreCase = ignoresCase;
        boolean isFile = false;
        int next = from;
        while (next + 1 < statement.args().size()) {
            Word option = statement.arg(next++);
            switch (option.text()) {
                case "-re", "-posix", "-pcre", "-perl" -> how = How.EXPRESSION;
                case "-exact" -> how = How.EXACT;
                case "-beg" -> how = How.BEGINNING;
                case "-end" -> how = How.END;
                case "-contain" -> how = How.ANYWHERE;
                case "-case" -> ignoreCase = false;
                case "-icase" -> ignoreCase = true;
                case "-file", "-filewatch" -> isFile = true;
                default ->
                    reading.problems()
                            .error(
                                    "pound.option",
                                    option.span(),
                                    "unexpected \"" + option.text() + "\" in front of the pattern",
                                    "options are -re, -exact, -beg, -end, -contain, -case, -icase and -file");
            }
        }
        if (next >= statement.args().size()) {
            return new Comparison(how, ignoreCase, List.of(), statement.origin());
        }
        Word pattern = statement.arg(next);
        List<String> texts = isFile
                ? reading.text(reading.path(pattern.text()), pattern.span())
                        .orElse("")
                        .lines()
                        .map(String::strip)
                        .filter(line -> !line.isEmpty() && !line.startsWith("#"))
                        .toList()
                : List.of(pattern.text());
        return new Comparison(how, ignoreCase, texts, pattern.span());
    }

    Comparison withTexts(List<String> others) {
        return new Comparison(how, ignoreCase, others, span);
    }

    boolean isExpression() {
        return how == How.EXPRESSION;
    }

    Condition of(Variable value, Matches matches, Reading reading) {
        Template template = Template.of(value, span);
        if (isExpression()) {
            List<Regex> regexes = texts.stream()
                    .map(text -> reading.regex(text, ignoreCase, span))
                    .toList();
            regexes.stream().findFirst().ifPresent(regex -> matches.add(value, regex));
            return new Condition.FindsAny(template, regexes, false);
        }
        TextSet.How where = switch (how) {
            case EXPRESSION, EXACT -> TextSet.How.EXACT;
            case BEGINNING -> TextSet.How.PREFIX;
            case END -> TextSet.How.SUFFIX;
            case ANYWHERE -> TextSet.How.SUBSTRING;
        };
        return new Condition.OneOf(template, new TextSet(where, ignoreCase, texts), false);
    }
}
