package dev.fairlead.cli.explain;

import dev.fairlead.engine.trace.Verdict;
import dev.fairlead.model.http.Condition;
import java.util.ArrayList;
import java.util.List;

/// Conditions in words, part by part.
final class Verdicts {
    private Verdicts() {}

    /// Whether it holds, and why.
    static List<Step> steps(Verdict verdict) {
        List<Step> steps = new ArrayList<>();
        steps.add(Step.of("condition", word(verdict) + value(verdict)));
        if (!verdict.parts().isEmpty()) {
            add(verdict, "", steps);
        }
        return steps;
    }

    private static void add(Verdict verdict, String before, List<Step> steps) {
        switch (verdict.condition()) {
            case Condition.Stated stated -> {
                List<Verdict> inner = verdict.parts();
                String value = inner.isEmpty() ? "" : value(inner.getFirst());
                Step step = Step.at(
                        "condition", before + stated.origin().text() + ": " + word(verdict) + value, stated.origin());
                inner.forEach(part -> part.parts().forEach(each -> {
                    List<Step> more = new ArrayList<>();
                    add(each, "", more);
                    step.addAll(more);
                }));
                steps.add(step);
            }
            case Condition.Not not -> {
                List<Verdict> inner = verdict.parts();
                add(inner.isEmpty() ? Verdict.leftOut(not.condition()) : inner.getFirst(), before + "not ", steps);
            }
            case Condition.AllOf all -> verdict.parts().forEach(part -> add(part, before, steps));
            case Condition.AnyOf any -> verdict.parts().forEach(part -> add(part, before, steps));
            default ->
                steps.add(
                        Step.of("condition", (before.isEmpty() ? "test: " : "not: ") + word(verdict) + value(verdict)));
        }
    }

    /// Whether any part of it has a line of its own in the configuration.
    static boolean isStated(Verdict verdict) {
        return verdict.condition() instanceof Condition.Stated
                || verdict.parts().stream().anyMatch(Verdicts::isStated);
    }

    private static String word(Verdict verdict) {
        return !verdict.isAsked() ? "not asked" : verdict.holds() ? "holds" : "does not hold";
    }

    private static String value(Verdict verdict) {
        return verdict.value().isEmpty() ? "" : ", for \"" + verdict.value() + "\"";
    }
}
