package dev.fairlead.engine.text;

import dev.fairlead.engine.http.Exchange;
import dev.fairlead.engine.trace.Verdict;
import dev.fairlead.model.text.Condition;
import dev.fairlead.model.text.Template;
import dev.fairlead.model.text.Variable;
import dev.fairlead.source.Span;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Asks conditions part by part, for whoever looks on. Compiles each part anew: never for requests of clients.
public final class Verdicts {
    private Verdicts() {}

    public static Verdict of(Condition condition, Exchange exchange, Texts texts) {
        return switch (condition) {
            case Condition.Not not -> {
                Verdict inner = of(not.condition(), exchange, texts);
                yield new Verdict(condition, true, !inner.holds(), "", List.of(inner));
            }
            case Condition.Stated stated -> {
                Verdict inner = of(stated.condition(), exchange, texts);
                yield new Verdict(condition, true, inner.holds(), "", List.of(inner));
            }
            case Condition.Listed listed -> of(listed.condition(), exchange, texts);
            case Condition.AllOf all -> inOrder(condition, all.conditions(), false, exchange, texts);
            case Condition.AnyOf any -> inOrder(condition, any.conditions(), true, exchange, texts);
            case Condition.IsTrue one -> plain(condition, Optional.of(one.value()), exchange, texts);
            case Condition.Same one -> plain(condition, Optional.of(one.left()), exchange, texts);
            case Condition.Matches one -> plain(condition, Optional.of(one.value()), exchange, texts);
            case Condition.FindsAny one -> plain(condition, Optional.of(one.value()), exchange, texts);
            case Condition.OneOf one -> plain(condition, Optional.of(one.value()), exchange, texts);
            case Condition.InNetworks one -> plain(condition, Optional.of(one.address()), exchange, texts);
            case Condition.InNumbers one -> plain(condition, Optional.of(one.value()), exchange, texts);
            case Condition.FileTest one -> plain(condition, Optional.of(one.path()), exchange, texts);
            case Condition.Present one -> plain(condition, Optional.of(alone(one.variable())), exchange, texts);
            case Condition.Authenticated users -> plain(condition, Optional.empty(), exchange, texts);
            case Condition.Always always -> new Verdict(condition, true, always.holds(), "", List.of());
        };
    }

    private static Template alone(Variable variable) {
        return Template.of(variable, Span.builtIn());
    }

    private static Verdict plain(Condition condition, Optional<Template> value, Exchange exchange, Texts texts) {
        String text = value.map(of -> texts.compile(of).of(exchange)).orElse("");
        return new Verdict(condition, true, Check.compile(condition, texts).holds(exchange), text, List.of());
    }

    private static Verdict inOrder(
            Condition condition, List<Condition> parts, boolean deciding, Exchange exchange, Texts texts) {
        List<Verdict> verdicts = new ArrayList<>();
        boolean isDecided = false;
        for (Condition part : parts) {
            Verdict verdict = isDecided ? Verdict.leftOut(part) : of(part, exchange, texts);
            isDecided = isDecided || verdict.holds() == deciding;
            verdicts.add(verdict);
        }
        return new Verdict(condition, true, isDecided == deciding, "", verdicts);
    }
}
