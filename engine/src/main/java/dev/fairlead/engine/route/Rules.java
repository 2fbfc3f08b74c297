package dev.fairlead.engine.route;

import dev.fairlead.engine.compile.CompileContext;
import dev.fairlead.engine.http.Exchange;
import dev.fairlead.engine.text.Check;
import dev.fairlead.engine.text.Expression;
import dev.fairlead.engine.text.Texts;
import dev.fairlead.engine.text.Verdicts;
import dev.fairlead.engine.trace.Event;
import dev.fairlead.engine.trace.Tracer;
import dev.fairlead.model.http.Location;
import dev.fairlead.model.http.Rule;
import java.util.List;
import java.util.function.Function;

/// The rewrite phase of a place.
final class Rules {
    private static final Rules NONE = new Rules(List.of(), List.of());

    private final List<Rule> rules;
    private final Step[] steps;
    private final int count;
    /// Of the first rule, the only one of most places: it is at hand.
    private final Step first;

    private Rules(List<Rule> rules, List<Step> steps) {
        this.rules = rules;
        this.steps = steps.toArray(Step[]::new);
        this.count = steps.size();
        this.first = steps.isEmpty() ? new StopStep() : steps.getFirst();
    }

    /// @param spots compiles the location inside a condition
    static Rules compile(List<Rule> rules, Function<Location, Spot> spots, CompileContext context) {
        return rules.isEmpty()
                ? NONE
                : new Rules(
                        rules,
                        rules.stream().map(rule -> step(rule, spots, context)).toList());
    }

    private static Step step(Rule rule, Function<Location, Spot> spots, CompileContext context) {
        return switch (rule) {
            case Rule.Assign assign -> EditSteps.assign(assign, context);
            case Rule.Rewrite rewrite ->
                new RewriteStep(rewrite, Expression.compile(rewrite.regex(), context.problems()), context);
            case Rule.Answer answer -> AnswerStep.compile(answer, context);
            case Rule.Stop stop -> new StopStep();
            case Rule.When when -> when(when, spots, context);
            case Rule.Enter enter -> AnswerSteps.enter(enter);
            case Rule.EditField edit -> EditSteps.field(edit, context);
            case Rule.EditTarget edit -> EditSteps.target(edit, context);
            case Rule.Normalise normalise -> EditSteps.normalise(normalise);
            case Rule.AwaitBody await -> new BodyStep(await);
            case Rule.Resolve resolve -> new ResolveStep(resolve, context);
            case Rule.Hint hint -> AnswerSteps.hint(hint, context);
            case Rule.Respond respond -> AnswerSteps.respond(respond, context);
            case Rule.Challenge challenge -> AnswerSteps.challenge(challenge, context);
            case Rule.Delay delay -> AnswerSteps.delay(delay, step(delay.answer(), spots, context), context);
            case Rule.Track track -> CountSteps.track(track, context);
            case Rule.Count count -> CountSteps.count(count, context);
            case Rule.ChangeList change -> CountSteps.changeList(change, context);
            case Rule.Clear clear -> EditSteps.clear(clear, context);
        };
    }

    private static Step when(Rule.When when, Function<Location, Spot> spots, CompileContext context) {
        Asked asked = new Asked(when, Check.compile(when.condition(), Texts.of(context)), Texts.of(context));
        Rules then = compile(when.then(), spots, context);
        return when.enter()
                .<Step>map(location -> new EnterStep(asked, then, spots.apply(location)))
                .orElseGet(() -> new WhenStep(asked, then));
    }

    /// Runs the steps in order until one ends the phase or answers.
    ///
    /// @return whether the request has been, or will be, answered
    boolean run(Exchange exchange) {
        return count > 0 && isOver(runSteps(exchange, 0));
    }

    private static boolean isOver(Outcome outcome) {
        return outcome == Outcome.ANSWERED || outcome == Outcome.WAITING;
    }

    /// Where steps that wait stand: the innermost first.
    ///
    /// @param next the step that comes when the wait is over
    record Rest(Rules rules, int next) {}

    /// Goes on behind steps that waited.
    ///
    /// @return whether the request has been, or will be, answered
    static boolean resume(List<Rest> rests, Exchange exchange) {
        for (int i = 0; i < rests.size(); i++) {
            Rest rest = rests.get(i);
            Outcome outcome = rest.rules.runSteps(exchange, rest.next);
            if (outcome == Outcome.WAITING) {
                rests.subList(i + 1, rests.size()).forEach(Passage.of(exchange)::restsBehind);
            }
            if (outcome != Outcome.NEXT) {
                return isOver(outcome);
            }
        }
        return false;
    }

    private Outcome runSteps(Exchange exchange, int from) {
        Tracer tracer = exchange.tracer();
        for (int i = from; i < count; i++) {
            if (tracer != null) {
                tracer.saw(new Event.RuleBegun(rules.get(i), exchange.path()));
            }
            Step step = i == 0 ? first : steps[i];
            Outcome outcome = step.run(exchange);
            if (outcome == Outcome.WAITING) {
                Passage.of(exchange).restsBehind(new Rest(this, i + 1));
                return outcome;
            }
            if (outcome != Outcome.NEXT) {
                if (tracer != null && i + 1 < count) {
                    tracer.saw(new Event.LeftOut(rules.subList(i + 1, count)));
                }
                return outcome;
            }
        }
        return Outcome.NEXT;
    }

    /// A condition and what whoever looks on is told of it.
    private record Asked(Rule.When rule, Check check, Texts texts) {
        boolean holds(Exchange exchange) {
            Tracer tracer = exchange.tracer();
            if (tracer != null) {
                tracer.saw(new Event.Decided(rule, Verdicts.of(rule.condition(), exchange, texts)));
            }
            return check.holds(exchange);
        }
    }

    /// What comes after a step.
    enum Outcome {
        NEXT,
        /// The phase ends.
        STOP,
        /// The request is answered.
        ANSWERED,
        /// The next step runs later, see [Phases#resume].
        WAITING
    }

    /// A compiled rule.
    interface Step {
        Outcome run(Exchange exchange);
    }

    private record StopStep() implements Step {
        @Override
        public Outcome run(Exchange exchange) {
            Passage.of(exchange).pathReplaced(false);
            return Outcome.STOP;
        }
    }

    private record WhenStep(Asked asked, Rules then) implements Step {
        @Override
        public Outcome run(Exchange exchange) {
            return asked.holds(exchange) ? then.runSteps(exchange, 0) : Outcome.NEXT;
        }
    }

    /// The request is in the condition's location from here on, whatever the steps in it do.
    private record EnterStep(Asked asked, Rules then, Spot spot) implements Step {
        @Override
        public Outcome run(Exchange exchange) {
            if (!asked.holds(exchange)) {
                return Outcome.NEXT;
            }
            exchange.place(spot);
            return then.runSteps(exchange, 0);
        }
    }
}
