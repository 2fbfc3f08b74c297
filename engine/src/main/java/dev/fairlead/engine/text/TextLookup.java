package dev.fairlead.engine.text;

import dev.fairlead.engine.compile.Text;
import dev.fairlead.engine.http.Exchange;
import dev.fairlead.engine.text.value.Value;
import dev.fairlead.model.text.LookupTable;
import dev.fairlead.model.text.Template;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A value chosen by a text. Exact keys and wildcards are compared without regard to case.
final class TextLookup implements Value {
    private final Text input;
    private final Map<String, Text> exact = new HashMap<>();
    private final Map<String, Text> leading = new HashMap<>();
    private final Map<String, Text> trailing = new HashMap<>();
    private final Expression[] expressions;
    private final Text[] expressionValues;
    private final @Nullable Text otherwise;
    private final boolean isOfHosts;

    TextLookup(LookupTable.ByText table, Texts texts) {
        input = texts.compile(table.input());
        enter(table.exact(), exact, texts);
        enter(table.leading(), leading, texts);
        enter(table.trailing(), trailing, texts);
        expressions = table.regexes().stream()
                .map(entry -> Expression.compile(entry.regex(), texts.problems()))
                .toArray(Expression[]::new);
        expressionValues = table.regexes().stream()
                .map(entry -> texts.compile(entry.value()))
                .toArray(Text[]::new);
        otherwise = table.otherwise().map(texts::compile).orElse(null);
        isOfHosts = table.hostnames();
    }

    private static void enter(Map<String, Template> from, Map<String, Text> to, Texts texts) {
        from.forEach((key, value) -> to.put(Text.lowerCase(Text.bytes(key)), texts.compile(value)));
    }

    @Override
    public String find(Exchange exchange) {
        String key = input.of(exchange);
        if (isOfHosts && key.endsWith(".")) {
            key = key.substring(0, key.length() - 1);
        }
        Text chosen = byKey(Text.lowerCase(key));
        if (chosen == null && !key.isEmpty()) {
            chosen = byExpression(key, exchange);
        }
        if (chosen == null) {
            chosen = otherwise;
        }
        return chosen == null ? "" : chosen.of(exchange);
    }

    private @Nullable Text byKey(String key) {
        Text found = exact.get(key);
        if (found == null && !leading.isEmpty()) {
            for (int dot = key.indexOf('.', 1); dot >= 0 && found == null; dot = key.indexOf('.', dot + 1)) {
                found = leading.get(key.substring(dot));
            }
        }
        if (found == null && !trailing.isEmpty()) {
            for (int dot = key.lastIndexOf('.'); dot >= 0 && found == null; dot = key.lastIndexOf('.', dot - 1)) {
                found = trailing.get(key.substring(0, dot + 1));
            }
        }
        return found;
    }

    private @Nullable Text byExpression(String key, Exchange exchange) {
        for (int i = 0; i < expressions.length; i++) {
            if (expressions[i].find(key, exchange)) {
                return expressionValues[i];
            }
        }
        return null;
    }
}
