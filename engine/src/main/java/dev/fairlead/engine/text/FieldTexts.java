package dev.fairlead.engine.text;

import dev.fairlead.engine.compile.Text;
import dev.fairlead.engine.http.Exchange;
import dev.fairlead.engine.http.field.Fields;
import dev.fairlead.engine.text.value.FieldValues;
import dev.fairlead.engine.text.value.Value;
import dev.fairlead.model.text.Variable;
import dev.fairlead.time.Clock;
import java.util.List;

/// All fields of a message as one text.
final class FieldTexts {
    private static final int SINGLE = 240;
    private static final int MORE = 128;

    private FieldTexts() {}

    /// A field of responses that does not lie among the others.
    private record Apart(String name, Value value) {}

    static Value of(Variable.FieldText text, Clock clock) {
        boolean isBinary = text.binary();
        List<Apart> apart = text.side() == Variable.Side.REQUEST
                ? List.of()
                : List.of("server", "last-modified", "content-type", "content-length").stream()
                        .map(name -> new Apart(name, FieldValues.response(name, clock)))
                        .toList();
        return exchange -> {
            StringBuilder out = new StringBuilder(512);
            addAll(FieldParts.fields(text.side(), exchange), isBinary, out);
            addAll(apart, exchange, isBinary, out);
            return (isBinary ? out.append("\0\0") : out.append("\r\n")).toString();
        };
    }

    private static void addAll(Fields fields, boolean isBinary, StringBuilder out) {
        for (int field = 0; field < fields.size(); field++) {
            if (FieldParts.isTold(fields, field)) {
                add(Text.lowerCase(fields.name(field)), fields.value(field), isBinary, out);
            }
        }
    }

    private static void addAll(List<Apart> apart, Exchange exchange, boolean isBinary, StringBuilder out) {
        for (Apart each : apart) {
            String value = each.value().find(exchange);
            if (value != null) {
                add(each.name(), value, isBinary, out);
            }
        }
    }

    private static void add(String name, String value, boolean isBinary, StringBuilder out) {
        if (isBinary) {
            length(name.length(), out);
            out.append(name);
            length(value.length(), out);
            out.append(value);
        } else {
            out.append(name).append(": ").append(value).append("\r\n");
        }
    }

    /// As the SPOE protocol writes numbers.
    private static void length(int number, StringBuilder out) {
        if (number < SINGLE) {
            out.append((char) number);
            return;
        }
        out.append((char) ((number | SINGLE) & 0xff));
        int rest = (number - SINGLE) >> 4;
        while (rest >= MORE) {
            out.append((char) ((rest | MORE) & 0xff));
            rest = (rest - MORE) >> 7;
        }
        out.append((char) rest);
    }
}
