package dev.fairlead.engine.text;

import dev.fairlead.engine.compile.Text;
import dev.fairlead.engine.http.Exchange;
import dev.fairlead.engine.http.field.FieldName;
import dev.fairlead.engine.http.field.Fields;
import dev.fairlead.engine.text.value.FieldValues;
import dev.fairlead.engine.text.value.Value;
import dev.fairlead.model.text.Variable;
import dev.fairlead.time.Clock;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Single fields and single members of their lists, by number.
final class FieldParts {
    /// Fields of responses that do not lie among the others.
    private static final Set<String> APART =
            Set.of("content-length", "content-type", "last-modified", "connection", "server");

    private FieldParts() {}

    static Fields fields(Variable.Side side, Exchange exchange) {
        return switch (side) {
            case REQUEST -> exchange.head().fields();
            case RESPONSE -> exchange.response().fields();
        };
    }

    static Value member(Variable.FieldMember member, Clock clock) {
        FieldName name = FieldName.of(Text.bytes(member.name()));
        int number = member.number();
        if (member.side() == Variable.Side.RESPONSE && APART.contains(name.lower())) {
            Value whole = FieldValues.response(name.lower(), clock);
            return exchange -> number == 1 || number == -1 ? whole.find(exchange) : null;
        }
        return exchange -> {
            Fields fields = fields(member.side(), exchange);
            int wanted = number > 0 ? number : memberCount(fields, name) + 1 + number;
            return wanted <= 0 ? null : member(fields, name, wanted);
        };
    }

    private static @Nullable String member(Fields fields, FieldName name, int wanted) {
        int left = wanted;
        for (int field = fields.first(name); field >= 0; field = fields.next(name, field)) {
            byte[] bytes = fields.bytes();
            int to = fields.valueEnd(field);
            for (int start = fields.valueStart(field); start <= to; ) {
                int end = Members.end(bytes, start, to);
                if (--left == 0) {
                    return new String(bytes, start, end - start, StandardCharsets.ISO_8859_1).strip();
                }
                start = end + 1;
            }
        }
        return null;
    }

    private static int memberCount(Fields fields, FieldName name) {
        int count = 0;
        for (int field = fields.first(name); field >= 0; field = fields.next(name, field)) {
            count += memberCount(fields, field);
        }
        return count;
    }

    private static int memberCount(Fields fields, int field) {
        int count = 0;
        int to = fields.valueEnd(field);
        for (int start = fields.valueStart(field); start <= to; count++) {
            start = Members.end(fields.bytes(), start, to) + 1;
        }
        return count;
    }

    static Value line(Variable.FieldLine line, Clock clock) {
        FieldName name = FieldName.of(Text.bytes(line.name()));
        int number = line.number();
        if (line.side() == Variable.Side.RESPONSE && APART.contains(name.lower())) {
            Value whole = FieldValues.response(name.lower(), clock);
            return exchange -> number == 1 || number == -1 ? whole.find(exchange) : null;
        }
        return exchange -> {
            Fields fields = fields(line.side(), exchange);
            int wanted = number > 0 ? number : lineCount(fields, name) + 1 + number;
            int field = fields.first(name);
            for (int i = 1; i < wanted && field >= 0; i++) {
                field = fields.next(name, field);
            }
            return wanted <= 0 || field < 0 ? null : fields.value(field);
        };
    }

    private static int lineCount(Fields fields, FieldName name) {
        int count = 0;
        for (int field = fields.first(name); field >= 0; field = fields.next(name, field)) {
            count++;
        }
        return count;
    }

    static Value count(Variable.FieldCount count) {
        boolean isOfAll = count.name().isEmpty();
        FieldName name = FieldName.of(Text.bytes(count.name()));
        return exchange -> {
            Fields fields = fields(count.side(), exchange);
            int found = 0;
            for (int field = 0; field < fields.size(); field++) {
                if (fields.isPresent(field) && (isOfAll || fields.is(field, name))) {
                    found += count.members() ? memberCount(fields, field) : 1;
                }
            }
            return Integer.toString(found);
        };
    }

    /// Whether it is told of where all fields are. HAProxy takes `Connection` out that only says how long it lasts.
    static boolean isTold(Fields fields, int field) {
        return fields.isPresent(field)
                && !(fields.is(field, FieldName.CONNECTION)
                        && (fields.valueEquals(field, "close") || fields.valueEquals(field, "keep-alive")));
    }

    static Value names(Variable.FieldNames names) {
        String separator = Text.bytes(names.separator());
        return exchange -> {
            Fields fields = fields(names.side(), exchange);
            StringBuilder out = new StringBuilder();
            for (int field = 0; field < fields.size(); field++) {
                if (isTold(fields, field)) {
                    out.append(out.isEmpty() ? "" : separator).append(Text.lowerCase(fields.name(field)));
                }
            }
            return out.toString();
        };
    }
}
