package dev.fairlead.cli.explain;

import dev.fairlead.engine.trace.Verdict;
import dev.fairlead.model.text.Condition;
import java.util.ArrayList;
import java.util.List;

/// Conditions in words, part by part.
final class Verdicts {
    private Verdicts() {}

    /// Whether it holds, and why.
    static List<Step> steps(Verdict verdict) {
        return steps(verdict, "holds", "does not hold");
    }

    /// Whether a rule applies whose line has no condition in it: it is the line itself that asks.
    static List<Step> ofUnconditional(Verdict verdict) {
        return verdict.condition() instanceof Condition.Always
                ? List.of()
                : steps(verdict, "applies", "does not apply");
    }

    private static List<Step> steps(Verdict verdict, String yes, String no) {
        List<Step> steps = new ArrayList<>();
        boolean isToldByParts = isManifold(verdict) || isStated(verdict);
        steps.add(Step.of("condition", (verdict.holds() ? yes : no) + (isToldByParts ? "" : value(verdict))));
        if (isToldByParts) {
            add(verdict, false, steps);
        }
        return steps;
    }

    /// @param isTurned whether the opposite is asked for; what is told is whether that holds
    private static void add(Verdict verdict, boolean isTurned, List<Step> steps) {
        String before = isTurned ? "not " : "";
        switch (verdict.condition()) {
            case Condition.Stated stated -> {
                String text = before + stated.origin().text() + ": " + word(verdict, isTurned) + value(verdict);
                Step step = Step.at("condition", text, stated.origin());
                verdict.parts().stream().filter(Verdicts::isManifold).forEach(part -> {
                    List<Step> more = new ArrayList<>();
                    add(part, false, more);
                    step.addAll(more);
                });
                steps.add(step);
            }
            case Condition.Not not -> {
                List<Verdict> inner = verdict.parts();
                add(inner.isEmpty() ? Verdict.leftOut(not.condition()) : inner.getFirst(), !isTurned, steps);
            }
            case Condition.AllOf all -> verdict.parts().forEach(part -> add(part, isTurned, steps));
            case Condition.AnyOf any -> verdict.parts().forEach(part -> add(part, isTurned, steps));
            default -> steps.add(Step.of("condition", before + "test: " + word(verdict, isTurned) + value(verdict)));
        }
    }

    /// Whether any part of it has a line of its own in the configuration.
    static boolean isStated(Verdict verdict) {
        return verdict.condition() instanceof Condition.Stated
                || verdict.parts().stream().anyMatch(Verdicts::isStated);
    }

    /// Whether it consists of several.
    private static boolean isManifold(Verdict verdict) {
        return verdict.parts().size() > 1 || verdict.parts().stream().anyMatch(Verdicts::isManifold);
    }

    private static String word(Verdict verdict, boolean isTurned) {
        return !verdict.isAsked() ? "not asked" : verdict.holds() == isTurned ? "does not hold" : "holds";
    }

    /// What was looked at, where that is one thing alone.
    private static String value(Verdict verdict) {
        if (verdict.value().isEmpty()
                && verdict.parts().size() == 1
                && !isStated(verdict.parts().getFirst())) {
            return value(verdict.parts().getFirst());
        }
        return verdict.value().isEmpty() ? "" : ", for \"" + verdict.value() + "\"";
    }
}
