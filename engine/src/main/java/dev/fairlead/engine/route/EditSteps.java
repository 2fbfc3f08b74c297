package dev.fairlead.engine.route;

import dev.fairlead.engine.compile.CompileContext;
import dev.fairlead.engine.compile.Text;
import dev.fairlead.engine.edit.FieldEditor;
import dev.fairlead.engine.http.Exchange;
import dev.fairlead.engine.text.Setter;
import dev.fairlead.engine.text.Texts;
import dev.fairlead.model.http.Rule;

/// Steps that change the request.
final class EditSteps {
    private static final int BAD_REQUEST = 400;

    private EditSteps() {}

    static Rules.Step assign(Rule.Assign assign, CompileContext context) {
        Setter setter = Setter.of(assign.target(), Texts.of(context), assign.origin());
        Text value = context.text(assign.value());
        return exchange -> {
            setter.set(exchange, value.of(exchange));
            return Rules.Outcome.NEXT;
        };
    }

    static Rules.Step clear(Rule.Clear clear, CompileContext context) {
        Setter setter = Setter.of(clear.target(), Texts.of(context), clear.origin());
        return exchange -> {
            setter.set(exchange, null);
            return Rules.Outcome.NEXT;
        };
    }

    static Rules.Step field(Rule.EditField edit, CompileContext context) {
        FieldEditor editor = FieldEditor.compile(edit.edit(), context);
        return exchange -> {
            editor.apply(exchange, exchange.head().fields());
            return Rules.Outcome.NEXT;
        };
    }

    static Rules.Step target(Rule.EditTarget edit, CompileContext context) {
        boolean becomesHead = edit.part() == Rule.EditTarget.Part.METHOD
                && edit.value().isConstant()
                && edit.value().constantText().equals("HEAD");
        if (becomesHead) {
            context.problems()
                    .error(
                            "engine.method",
                            edit.origin(),
                            "a request cannot become a HEAD request: its client expects a body");
        }
        Text value = context.text(edit.value());
        return exchange -> {
            replace(exchange, edit.part(), sendable(value.of(exchange)));
            return Rules.Outcome.NEXT;
        };
    }

    static Rules.Step normalise(Rule.Normalise rule) {
        return exchange -> {
            String present = exchange.sentTarget();
            String normal = NormalTarget.of(present, rule.form(), rule.strict());
            if (normal == null) {
                exchange.fail(BAD_REQUEST);
                return Rules.Outcome.ANSWERED;
            }
            if (!normal.equals(present)) {
                replace(exchange, normal);
            }
            return Rules.Outcome.NEXT;
        };
    }

    private static void replace(Exchange exchange, Rule.EditTarget.Part part, String value) {
        String present = exchange.sentTarget();
        String path = exchange.sentPath();
        switch (part) {
            case METHOD -> exchange.head().sendAs(value);
            case PATH -> replace(exchange, value + present.substring(path.length()));
            case QUERY -> replace(exchange, value.isEmpty() ? path : path + "?" + value);
            case PATH_AND_QUERY, TARGET -> replace(exchange, value);
        }
    }

    private static void replace(Exchange exchange, String raw) {
        int scheme = raw.startsWith("/") ? -1 : raw.indexOf("://");
        int slash = scheme < 0 ? 0 : raw.indexOf('/', scheme + 3);
        String pathAndQuery = slash < 0 ? "/" : raw.substring(slash);
        int mark = pathAndQuery.indexOf('?');
        String path = mark < 0 ? pathAndQuery : pathAndQuery.substring(0, mark);
        String query = mark < 0 ? "" : pathAndQuery.substring(mark + 1);
        exchange.replaceTarget(raw.isEmpty() ? "/" : raw, UriText.decode(path), query);
    }

    /// Nothing may end the request line early: blanks and control characters are encoded.
    private static String sendable(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) <= ' ' || text.charAt(i) == 0x7f) {
                return UriText.encodeBlanks(text);
            }
        }
        return text;
    }
}
