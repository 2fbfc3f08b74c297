package dev.fairlead.engine.route;

import dev.fairlead.engine.compile.CompileContext;
import dev.fairlead.engine.compile.Text;
import dev.fairlead.engine.edit.FixedAnswer;
import dev.fairlead.engine.http.field.FieldName;
import dev.fairlead.engine.http.field.Fields;
import dev.fairlead.model.http.Rule;
import java.util.List;

/// Steps that end the rules: another location, a question for a password, an answer that is held back.
final class AnswerSteps {
    private static final int EARLY_HINTS = 103;

    private AnswerSteps() {}

    static Rules.Step enter(Rule.Enter enter) {
        String name = Text.bytes(enter.location());
        return exchange -> {
            Phases.enter(exchange, name);
            return Rules.Outcome.ANSWERED;
        };
    }

    static Rules.Step respond(Rule.Respond respond, CompileContext context) {
        FixedAnswer answer = new FixedAnswer(respond, context);
        return exchange -> {
            answer.handle(exchange);
            return Rules.Outcome.ANSWERED;
        };
    }

    /// A field without a value is left out.
    static Rules.Step hint(Rule.Hint hint, CompileContext context) {
        List<FieldName> names = hint.fields().stream()
                .map(field -> FieldName.of(Text.bytes(field.name())))
                .toList();
        List<Text> values =
                hint.fields().stream().map(field -> context.text(field.value())).toList();
        return exchange -> {
            Fields fields = new Fields(names.size());
            for (int i = 0; i < names.size(); i++) {
                String value = values.get(i).of(exchange);
                if (!value.isEmpty()) {
                    fields.add(names.get(i), value);
                }
            }
            exchange.carrier().interim(EARLY_HINTS, fields);
            return Rules.Outcome.NEXT;
        };
    }

    static Rules.Step challenge(Rule.Challenge challenge, CompileContext context) {
        Text realm = context.text(challenge.realm());
        return exchange -> {
            Passage.of(exchange).challenge("Basic realm=\"" + realm.of(exchange) + "\"");
            exchange.fail(401);
            return Rules.Outcome.ANSWERED;
        };
    }

    /// @param answer the step that answers in the end
    static Rules.Step delay(Rule.Delay delay, Rules.Step answer, CompileContext context) {
        boolean answers = delay.answer() instanceof Rule.Answer || delay.answer() instanceof Rule.Respond;
        if (!answers) {
            context.problems().error("engine.rule", delay.origin(), "only an answer can be held back");
        }
        long nanos = delay.time().toNanos();
        return exchange -> {
            Phases.later(exchange, Passage.of(exchange), nanos, () -> answer.run(exchange));
            return Rules.Outcome.ANSWERED;
        };
    }
}
