package dev.fairlead.dialect.haproxy.build.rule;

import dev.fairlead.dialect.haproxy.build.workshop.Formats;
import dev.fairlead.dialect.haproxy.build.workshop.Resolvers;
import dev.fairlead.dialect.haproxy.scope.Entry;
import dev.fairlead.dialect.haproxy.syntax.Word;
import dev.fairlead.model.http.Rule;
import dev.fairlead.model.text.Attribute;
import dev.fairlead.model.text.Condition;
import dev.fairlead.model.text.Template;
import dev.fairlead.model.text.Variable;
import dev.fairlead.source.Span;
import java.util.List;
import java.util.Optional;

/// The actions of `tcp-request` that remember something: `track-sc0`, `sc-inc-gpc0(0)`, `set-var(sess.x)`, ….
public final class ConnectionNotes {
    private final Formats formats;

    public ConnectionNotes(Formats formats) {
        this.formats = formats;
    }

    /// @param words the action and what is behind it, without a condition
    /// @return empty for other actions
    public Optional<List<Rule>> rules(Entry entry, List<Word> words) {
        Word keyword = words.getFirst();
        int open = keyword.text().indexOf('(');
        String action = open < 0 ? keyword.text() : keyword.text().substring(0, open);
        List<Word> own = words.subList(1, words.size());
        Span at = entry.origin();
        Tracking tracking = new Tracking(formats);
        if (Tracking.isTracking(action)) {
            Rule.Track.Scope scope =
                    entry.name().endsWith("content") ? Rule.Track.Scope.REQUEST : Rule.Track.Scope.CONNECTION;
            return Optional.of(tracking.track(action, keyword, own, scope, at)
                    .<List<Rule>>map(List::of)
                    .orElseGet(List::of));
        }
        if (Tracking.isCounting(action)) {
            return Optional.of(tracking.count(action, keyword, own, at));
        }
        return switch (action) {
            case Resolvers.ACTION ->
                !entry.name().endsWith("content")
                        ? Optional.empty()
                        : Optional.of(Resolvers.rule(keyword, own, formats, at).stream()
                                .toList());
            case "set-src" -> Optional.of(asked(Attribute.CLIENT_ADDRESS, keyword, own, at));
            case "set-src-port" -> Optional.of(asked(Attribute.CLIENT_PORT, keyword, own, at));
            case "set-dst" -> Optional.of(asked(Attribute.ASKED_ADDRESS, keyword, own, at));
            case "set-dst-port" -> Optional.of(asked(Attribute.ASKED_PORT, keyword, own, at));
            case "set-var", "set-var-fmt" -> Optional.of(assigned(action, keyword, own, at));
            case "unset-var" ->
                Optional.of(formats.variable(keyword)
                        .<List<Rule>>map(variable -> List.of(new Rule.Clear(variable, at)))
                        .orElseGet(List::of));
            default -> Optional.empty();
        };
    }

    private List<Rule> asked(Attribute attribute, Word keyword, List<Word> words, Span at) {
        if (words.size() != 1) {
            formats.problem(keyword, "'" + keyword.text() + "' expects one expression");
            return List.of();
        }
        return List.of(new Rule.Assign(new Variable.Builtin(attribute), formats.expression(words.getFirst()), at));
    }

    private List<Rule> assigned(String action, Word keyword, List<Word> words, Span at) {
        Optional<Variable> variable = formats.variable(keyword);
        if (words.size() != 1 || variable.isEmpty()) {
            if (words.size() != 1) {
                formats.problem(keyword, "'" + action + "' expects one expression");
            }
            return List.of();
        }
        boolean isFormat = action.equals("set-var-fmt");
        Template value = isFormat ? formats.text(words.getFirst()) : formats.expression(words.getFirst());
        Rule assign = new Rule.Assign(variable.get(), value, at);
        Optional<Variable> asked = isFormat ? Optional.empty() : Formats.variable(value);
        // What is not there leaves the variable as it is.
        return List.of(asked.<Rule>map(
                        found -> new Rule.When(new Condition.Present(found), List.of(assign), Optional.empty(), at))
                .orElse(assign));
    }
}
