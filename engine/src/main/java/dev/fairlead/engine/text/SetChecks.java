package dev.fairlead.engine.text;

import dev.fairlead.engine.compile.Text;
import dev.fairlead.engine.http.Exchange;
import dev.fairlead.engine.http.field.FieldName;
import dev.fairlead.engine.match.NumberSet;
import dev.fairlead.engine.match.TextIndex;
import dev.fairlead.engine.text.value.Value;
import dev.fairlead.model.text.Attribute;
import dev.fairlead.model.text.Condition;
import dev.fairlead.model.text.Template;
import dev.fairlead.model.text.Variable;
import dev.fairlead.source.Span;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Conditions that compare a value with many.
final class SetChecks {
    private SetChecks() {}

    static Check oneOf(Condition.OneOf condition, Texts texts) {
        Subject subject = Subject.of(condition.value(), condition.eachOfList(), texts);
        TextIndex index = TextIndex.of(condition.set());
        Subject.BytesTest test = (bytes, from, to) -> index.find(bytes, from, to) >= 0;
        return exchange -> subject.any(exchange, test);
    }

    static Check finds(Condition.FindsAny condition, Texts texts) {
        Subject subject = Subject.of(condition.value(), condition.eachOfList(), texts);
        Expression[] expressions = condition.expressions().stream()
                .map(regex -> Expression.compile(regex, texts.problems()))
                .toArray(Expression[]::new);
        Subject.BytesTest test = (bytes, from, to) -> {
            String text = new String(bytes, from, to - from, StandardCharsets.ISO_8859_1);
            for (Expression expression : expressions) {
                if (expression.test(text)) {
                    return true;
                }
            }
            return false;
        };
        return exchange -> subject.any(exchange, test);
    }

    static Check inNumbers(Condition.InNumbers condition, Texts texts) {
        NumberSet numbers = NumberSet.of(condition.ranges());
        if (condition.value().parts().size() == 1
                && condition.value().parts().getFirst() instanceof Template.Part.Reference(Variable variable)) {
            TableNumbers.Count count = count(variable, texts);
            if (count != null) {
                return exchange -> numbers.contains(count.find(exchange));
            }
        }
        Subject subject = Subject.of(condition.value(), condition.eachOfList(), texts);
        Subject.BytesTest test = (bytes, from, to) -> numbers.contains(NumberSet.leading(bytes, from, to));
        return exchange -> subject.any(exchange, test);
    }

    /// Null for a variable whose numbers are texts first.
    private static TableNumbers.@Nullable Count count(Variable variable, Texts texts) {
        if (variable instanceof Variable.TableNumber number) {
            return TableNumbers.number(number, texts);
        }
        if (variable instanceof Variable.TableNumberAfter number) {
            return TableNumbers.numberAfter(number, texts);
        }
        if (variable instanceof Variable.OfUpstream live) {
            return texts.count(live);
        }
        if (variable instanceof Variable.OfFront live) {
            return texts.count(live);
        }
        return variable instanceof Variable.OfServer live ? texts.count(live) : null;
    }

    static Check inNetworks(Condition.InNetworks condition, Texts texts) {
        Networks networks = new Networks(condition.ranges());
        if (isClient(condition.address())) {
            return exchange -> networks.contain(exchange.client().address());
        }
        Subject subject = Subject.of(condition.address(), condition.eachOfList(), texts);
        Subject.BytesTest test = (bytes, from, to) -> {
            String text = new String(bytes, from, to - from, StandardCharsets.ISO_8859_1);
            return Addresses.parse(text).map(networks::contain).orElse(false);
        };
        return exchange -> subject.any(exchange, test);
    }

    private static boolean isClient(Template template) {
        return template.parts()
                .equals(List.of(new Template.Part.Reference(new Variable.Builtin(Attribute.CLIENT_ADDRESS))));
    }

    static Check present(Variable variable, Texts texts) {
        if (variable instanceof Variable.RequestHeader(String name)) {
            FieldName field = FieldName.of(Text.bytes(name));
            return exchange -> exchange.head().fields().has(field);
        }
        Value value = texts.value(variable, Span.builtIn());
        return (Exchange exchange) -> value.find(exchange) != null;
    }
}
