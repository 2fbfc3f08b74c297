package dev.fairlead.dialect.haproxy.build.workshop;

import dev.fairlead.dialect.haproxy.sample.ExpressionReader;
import dev.fairlead.dialect.haproxy.sample.LogFormat;
import dev.fairlead.dialect.haproxy.sample.LogKind;
import dev.fairlead.dialect.haproxy.sample.References;
import dev.fairlead.dialect.haproxy.sample.Samples;
import dev.fairlead.dialect.haproxy.scope.Entry;
import dev.fairlead.dialect.haproxy.syntax.Word;
import dev.fairlead.dialect.haproxy.value.Misread;
import dev.fairlead.model.http.FieldEdit;
import dev.fairlead.model.text.Regex;
import dev.fairlead.model.text.Template;
import dev.fairlead.model.text.TextSet;
import dev.fairlead.model.text.Variable;
import dev.fairlead.source.Problems;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// Reads the arguments of rules; what is wrong with one becomes a problem, and something harmless stands in.
public final class Formats {
    private final Scene scene;
    private final Problems problems;

    public Formats(Scene scene, Problems problems) {
        this.scene = scene;
        this.problems = problems;
    }

    public Scene scene() {
        return scene;
    }

    /// A text with `%[…]` in it that becomes a part of a message.
    public Template format(Word word) {
        return format(word, LogKind.RULE);
    }

    /// A text with `%[…]` in it.
    public Template text(Word word) {
        return format(word, LogKind.TEXT);
    }

    private Template format(Word word, LogKind kind) {
        try {
            return LogFormat.template(word.text(), word.span(), scene, kind);
        } catch (IllegalArgumentException bad) {
            problems.add(Misread.told("haproxy.rule", word.span(), "", bad));
            return Template.constant("", word.span());
        }
    }

    /// The same with `\1` and the like for groups of a match.
    public Template replacement(Word word) {
        return References.resolve(format(word));
    }

    /// A fetch with converters.
    public Template expression(Word word) {
        try {
            return Samples.make(ExpressionReader.read(word.text(), word.span()), scene)
                    .template(word.span());
        } catch (IllegalArgumentException bad) {
            problems.add(Misread.told("haproxy.rule", word.span(), "", bad));
            return Template.constant("", word.span());
        }
    }

    /// A word for how grave a line of the log is.
    public Template logLevel(Word word) {
        if (!LogConditions.isLevel(word.text())) {
            problem(
                    word,
                    "'" + word.text() + "' is no log level: emerg, alert, crit, err, warning, notice, info, debug"
                            + " or silent");
        }
        return Template.constant(word.text(), word.span());
    }

    /// The only variable of a template that is nothing else.
    public static Optional<Variable> variable(Template template) {
        return template.parts().size() == 1
                        && template.parts().getFirst() instanceof Template.Part.Reference(Variable variable)
                ? Optional.of(variable)
                : Optional.empty();
    }

    public Optional<Regex> regex(Word word) {
        try {
            return Optional.of(scene.regex(word.text(), false, word.span()));
        } catch (IllegalArgumentException bad) {
            problems.add(Misread.told("haproxy.rule", word.span(), "", bad));
            return Optional.empty();
        }
    }

    /// An expression that is found anywhere in a value and stands for all of it.
    public Optional<Regex> wholeRegex(Word word) {
        return regex(word)
                .map(regex -> new Regex(
                        "(?s:.*?)(?:" + regex.pattern() + ")(?s:.*)",
                        regex.written(),
                        regex.ignoreCase(),
                        regex.names(),
                        regex.groups(),
                        regex.origin()));
    }

    /// The variable in an action's parentheses: `set-var(txn.name)`, or `set-var(txn.name,condition)`.
    public Optional<Variable> variable(Entry entry) {
        return variable(entry.keyword());
    }

    public Optional<Variable> variable(Word action) {
        String text = action.text();
        int open = text.indexOf('(');
        if (open < 0 || !text.endsWith(")")) {
            problem(action, "'" + text + "' expects a variable in parentheses: set-var(txn.name)");
            return Optional.empty();
        }
        String name = text.substring(open + 1, text.length() - 1).split(",", 2)[0];
        try {
            return Optional.of(scene.variable(name));
        } catch (IllegalArgumentException bad) {
            problem(action, String.valueOf(bad.getMessage()));
            return Optional.empty();
        }
    }

    /// `NAME [-m METHOD]`.
    public FieldEdit.Names names(List<Word> words) {
        String name = words.getFirst().text();
        if (words.size() < 3 || !words.get(1).is("-m")) {
            return new FieldEdit.Names.Named(name);
        }
        String lower = name.toLowerCase(Locale.ROOT);
        return switch (words.get(2).text()) {
            case "str" -> new FieldEdit.Names.Named(name);
            case "beg" -> like(TextSet.How.PREFIX, lower);
            case "end" -> like(TextSet.How.SUFFIX, lower);
            case "sub" -> like(TextSet.How.SUBSTRING, lower);
            case "reg" ->
                regex(words.getFirst())
                        .<FieldEdit.Names>map(FieldEdit.Names.Matching::new)
                        .orElseGet(() -> new FieldEdit.Names.Named(name));
            default -> {
                problem(words.get(2), "unknown matching method '" + words.get(2).text() + "'");
                yield new FieldEdit.Names.Named(name);
            }
        };
    }

    private static FieldEdit.Names like(TextSet.How how, String text) {
        return new FieldEdit.Names.Like(new TextSet(how, true, List.of(text)));
    }

    public void problem(Word word, String message) {
        problems.error("haproxy.rule", word.span(), message);
    }
}
