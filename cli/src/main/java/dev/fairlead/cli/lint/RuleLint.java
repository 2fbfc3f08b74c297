package dev.fairlead.cli.lint;

import dev.fairlead.model.http.Location;
import dev.fairlead.model.http.Rule;
import dev.fairlead.model.plan.Ending;
import dev.fairlead.model.plan.Plan;
import dev.fairlead.model.stream.StreamAction;
import dev.fairlead.model.stream.StreamHost;
import dev.fairlead.model.stream.StreamListener;
import dev.fairlead.model.stream.StreamRule;
import dev.fairlead.model.text.Condition;
import dev.fairlead.source.Problems;
import dev.fairlead.source.Span;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Rules that nothing gets to, because one before them has taken every request that they are for.
final class RuleLint {
    static final String UNREACHED = "lint.unreachable-rule";

    private final Problems problems;
    private final Set<Place> reached = new HashSet<>();
    private final Map<Place, Runnable> unreached = new LinkedHashMap<>();

    RuleLint(Problems problems) {
        this.problems = problems;
    }

    /// Where a rule stands. What several listeners have in common is in the plan once for each of them.
    private record Place(String file, int start, int end) {
        static Place of(Span span) {
            return new Place(span.file().name(), span.start(), span.end());
        }
    }

    /// A rule that ends what comes behind it, for those for whom the condition holds.
    private record End(Condition when, Span origin) {}

    void look(Plan plan) {
        for (Ending ending : Ending.of(plan)) {
            if (ending.inside().isEmpty()) {
                look(
                        ending.host().rules(),
                        List.of(ending.host().origin(), ending.listener().origin()));
            } else {
                Location location = ending.inside().getLast();
                look(location.rules(), List.of(location.origin()));
            }
        }
        for (StreamListener listener : plan.stream().listeners()) {
            for (StreamHost host : listener.hosts()) {
                List<End> ends = new ArrayList<>();
                for (StreamRule rule : host.rules()) {
                    Condition when = rule.when().plain();
                    tell(when, rule.origin(), ends);
                    if (goesOn(rule.then())) {
                        ends.removeIf(end -> !end.when().equals(new Condition.Always(true)));
                    } else {
                        ends.add(new End(when, rule.origin()));
                    }
                }
            }
        }
        unreached.keySet().removeAll(reached);
        unreached.values().forEach(Runnable::run);
    }

    /// Whether the next rule is asked behind it, which may find things changed.
    private static boolean goesOn(StreamAction action) {
        return switch (action) {
            case StreamAction.Remember remember -> true;
            case StreamAction.ForwardTo forward -> false;
            case StreamAction.Answer answer -> false;
            case StreamAction.Close close -> false;
        };
    }

    /// @param wholes where the rules as a whole stand: what has such an origin nobody wrote as a rule
    private void look(List<Rule> rules, List<Span> wholes) {
        List<End> ends = new ArrayList<>();
        for (Rule rule : rules) {
            Condition when = rule instanceof Rule.When(Condition condition, var then, var enter, var origin)
                    ? condition.plain()
                    : new Condition.Always(true);
            if (wholes.stream().noneMatch(whole -> isSame(rule.origin(), whole))) {
                tell(when, rule.origin(), ends);
            }
            if (rule instanceof Rule.When(Condition condition, List<Rule> then, var enter, Span origin)) {
                look(then, List.of(origin));
            }
            if (ends(rule)) {
                ends.add(new End(when, rule.origin()));
            } else if (changes(rule)) {
                ends.removeIf(end -> !end.when().equals(new Condition.Always(true)));
            }
        }
    }

    private void tell(Condition when, Span origin, List<End> ends) {
        if (origin.isBuiltIn()) {
            return;
        }
        Optional<End> before = ends.stream()
                .filter(end -> !isSame(end.origin(), origin) && Covers.all(end.when(), when))
                .findFirst();
        before.ifPresentOrElse(
                end -> unreached.putIfAbsent(Place.of(origin), () -> warn(origin, end)),
                () -> reached.add(Place.of(origin)));
    }

    private void warn(Span origin, End before) {
        String taker = before.origin().fileAndLine();
        boolean takesAll = before.when().equals(new Condition.Always(true));
        problems.warning(
                UNREACHED,
                origin,
                takesAll
                        ? "nothing gets here: every request is taken by what stands before it, at " + taker
                        : "nothing gets here: what stands before it, at " + taker + ", takes all that this is for",
                takesAll ? "put it before that one, or give that one a condition" : "put it before that one");
    }

    private static boolean isSame(Span one, Span other) {
        return one.file().name().equals(other.file().name()) && one.start() == other.start();
    }

    /// Whether nothing behind it runs.
    private static boolean ends(Rule rule) {
        return switch (rule) {
            case Rule.Answer answer -> true;
            case Rule.Respond respond -> true;
            case Rule.Challenge challenge -> true;
            case Rule.Delay delay -> true;
            case Rule.Enter enter -> true;
            case Rule.When when -> when.then().stream().anyMatch(RuleLint::endsAlways);
            case Rule.Assign assign -> false;
            case Rule.Rewrite rewrite -> false;
            // It ends a phase of the rules, and in some dialects another one follows.
            case Rule.Stop stop -> false;
            case Rule.EditField edit -> false;
            case Rule.EditTarget edit -> false;
            case Rule.Track track -> false;
            case Rule.Count count -> false;
            case Rule.ChangeList change -> false;
            case Rule.Normalise normalise -> false;
            case Rule.Hint hint -> false;
            case Rule.AwaitBody await -> false;
            case Rule.Resolve resolve -> false;
            case Rule.Clear clear -> false;
        };
    }

    private static boolean endsAlways(Rule rule) {
        return ends(rule)
                && (!(rule instanceof Rule.When when)
                        || when.condition().plain().equals(new Condition.Always(true)));
    }

    /// Whether a question asked behind it may have another answer than before.
    private static boolean changes(Rule rule) {
        return switch (rule) {
            case Rule.Track track -> true;
            case Rule.Count count -> true;
            case Rule.ChangeList change -> true;
            case Rule.Normalise normalise -> true;
            case Rule.Clear clear -> true;
            case Rule.Assign assign -> true;
            case Rule.Rewrite rewrite -> true;
            case Rule.EditField edit -> true;
            case Rule.EditTarget edit -> true;
            case Rule.When when -> when.then().stream().anyMatch(RuleLint::changes);
            case Rule.Answer answer -> false;
            case Rule.Hint hint -> false;
            case Rule.AwaitBody await -> true;
            case Rule.Resolve resolve -> true;
            case Rule.Respond respond -> false;
            case Rule.Challenge challenge -> false;
            case Rule.Delay delay -> false;
            case Rule.Enter enter -> false;
            case Rule.Stop stop -> false;
        };
    }
}
