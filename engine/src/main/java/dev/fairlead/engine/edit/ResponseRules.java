package dev.fairlead.engine.edit;

import dev.fairlead.engine.compile.CompileContext;
import dev.fairlead.engine.compile.Text;
import dev.fairlead.engine.http.Exchange;
import dev.fairlead.engine.http.HeadFilter;
import dev.fairlead.engine.stick.Table;
import dev.fairlead.engine.stick.Tables;
import dev.fairlead.engine.stick.Tracks;
import dev.fairlead.engine.text.Check;
import dev.fairlead.engine.text.ListChanges;
import dev.fairlead.engine.text.Setter;
import dev.fairlead.engine.text.TableNumbers;
import dev.fairlead.engine.text.Texts;
import dev.fairlead.engine.text.value.Value;
import dev.fairlead.model.http.ResponseRule;
import dev.fairlead.model.text.Attribute;
import dev.fairlead.source.Span;
import java.util.List;
import java.util.function.Consumer;

/// What happens to the heads of responses of a place.
public final class ResponseRules implements HeadFilter {
    private final Step[] steps;
    private final boolean sparesOwn;

    private ResponseRules(Step[] steps, boolean sparesOwn) {
        this.steps = steps;
        this.sparesOwn = sparesOwn;
    }

    /// For answers that are not of our own making.
    public static ResponseRules ofOthers(List<ResponseRule> rules, CompileContext context) {
        return new ResponseRules(steps(rules, true, context), true);
    }

    /// For every answer. None of them can be replaced by another.
    public static ResponseRules ofAll(List<ResponseRule> rules, CompileContext context) {
        return new ResponseRules(steps(rules, false, context), false);
    }

    @Override
    public void apply(Exchange exchange) {
        if (!sparesOwn || !exchange.response().isOwn()) {
            var _ = run(steps, exchange);
        }
    }

    private static boolean run(Step[] steps, Exchange exchange) {
        for (Step step : steps) {
            if (!step.goesOn(exchange)) {
                return false;
            }
        }
        return true;
    }

    private static Step[] steps(List<ResponseRule> rules, boolean mayReplace, CompileContext context) {
        return rules.stream().map(rule -> step(rule, mayReplace, context)).toArray(Step[]::new);
    }

    private static Step step(ResponseRule rule, boolean mayReplace, CompileContext context) {
        return switch (rule) {
            case ResponseRule.EditField edit -> edit(edit, context);
            case ResponseRule.SetStatus set -> status(set);
            case ResponseRule.Assign assign -> {
                Setter setter = Setter.of(assign.target(), Texts.of(context), assign.origin());
                Text value = context.text(assign.value());
                yield going(exchange -> setter.set(exchange, value.of(exchange)));
            }
            case ResponseRule.Clear clear -> {
                Setter setter = Setter.of(clear.target(), Texts.of(context), clear.origin());
                yield going(exchange -> setter.set(exchange, null));
            }
            case ResponseRule.Count count -> {
                TableNumbers.Counting counting =
                        TableNumbers.counting(count.place(), count.counter(), count.change(), Texts.of(context));
                yield going(counting::apply);
            }
            case ResponseRule.Track track -> track(track, context);
            case ResponseRule.ChangeList list -> {
                ListChanges change = ListChanges.compile(list.change(), Texts.of(context));
                yield going(change::apply);
            }
            case ResponseRule.Respond respond -> respond(respond, mayReplace, context);
            case ResponseRule.Refuse refuse -> refuse(refuse, mayReplace, context);
            case ResponseRule.Stop stop -> exchange -> false;
            case ResponseRule.When when -> {
                Check check = Check.compile(when.condition(), Texts.of(context));
                Step[] then = steps(when.then(), mayReplace, context);
                yield exchange -> !check.holds(exchange) || run(then, exchange);
            }
        };
    }

    private static Step track(ResponseRule.Track track, CompileContext context) {
        Table table = context.shared().part(Tables.class, Tables::new).table(track.table(), context.clock());
        Value key = TableNumbers.key(track.table(), track.key(), Texts.of(context));
        return going(exchange -> {
            String found = key.find(exchange);
            if (found != null) {
                Tracks.of(exchange)
                        .startAnswered(
                                track.slot(), table, found, exchange.response().status());
            }
        });
    }

    private static Step edit(ResponseRule.EditField edit, CompileContext context) {
        ResponseEditor editor = ResponseEditor.compile(edit.edit(), edit.origin(), context);
        return going(editor::apply);
    }

    private static Step status(ResponseRule.SetStatus set) {
        String reason = Text.bytes(set.reason());
        return going(exchange -> {
            exchange.response().status(set.status());
            exchange.response().reason(reason);
        });
    }

    private static Step respond(ResponseRule.Respond respond, boolean mayReplace, CompileContext context) {
        checkReplacing(mayReplace, respond.origin(), context);
        FixedAnswer answer = new FixedAnswer(respond.answer(), context);
        return exchange -> {
            if (exchange.values().fact(Attribute.ENDING) == null) {
                exchange.values().fact(Attribute.ENDING, "LH");
            }
            exchange.refuse(answer);
            return false;
        };
    }

    private static Step refuse(ResponseRule.Refuse refuse, boolean mayReplace, CompileContext context) {
        checkReplacing(mayReplace, refuse.origin(), context);
        return exchange -> {
            exchange.values().fact(Attribute.ENDING, "PH");
            exchange.refuse(refuse.status());
            return false;
        };
    }

    private static void checkReplacing(boolean mayReplace, Span origin, CompileContext context) {
        if (!mayReplace) {
            context.problems().error("engine.response", origin, "an answer cannot be replaced here");
        }
    }

    private static Step going(Consumer<Exchange> action) {
        return exchange -> {
            action.accept(exchange);
            return true;
        };
    }

    /// A compiled rule.
    @FunctionalInterface
    private interface Step {
        /// @return whether the next step runs
        boolean goesOn(Exchange exchange);
    }
}
