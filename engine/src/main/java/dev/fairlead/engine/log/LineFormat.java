package dev.fairlead.engine.log;

import dev.fairlead.engine.compile.Text;
import dev.fairlead.engine.http.Exchange;
import dev.fairlead.engine.http.RequestHead;
import dev.fairlead.engine.http.field.FieldName;
import dev.fairlead.engine.http.field.Fields;
import dev.fairlead.engine.text.Texts;
import dev.fairlead.engine.text.value.Value;
import dev.fairlead.model.http.Logging;
import dev.fairlead.model.text.Attribute;
import dev.fairlead.model.text.Template;
import dev.fairlead.model.text.Variable;
import dev.fairlead.source.Span;
import dev.fairlead.time.Clock;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/// A compiled log format. The values of the usual formats are written without making strings.
final class LineFormat {
    private final Part[] parts;

    private LineFormat(Part[] parts) {
        this.parts = parts;
    }

    static LineFormat compile(Logging.Format format, Texts texts, Clock clock) {
        Escape escape = Escape.of(format.escaping());
        return new LineFormat(format.line().parts().stream()
                .map(part -> switch (part) {
                    case Template.Part.Literal(String text) -> literal(text);
                    case Template.Part.Reference(Variable variable) ->
                        variable(variable, format.line().origin(), escape, texts, clock);
                })
                .toArray(Part[]::new));
    }

    void append(Exchange exchange, LineBuffer out) {
        for (Part part : parts) {
            part.append(exchange, out);
        }
    }

    private static Part literal(String text) {
        byte[] bytes = Text.bytes(text).getBytes(StandardCharsets.ISO_8859_1);
        return (exchange, out) -> out.append(bytes, 0, bytes.length);
    }

    private static Part variable(Variable variable, Span origin, Escape escape, Texts texts, Clock clock) {
        Value value = texts.value(variable, origin);
        Part usual = (exchange, out) -> {
            String text = value.find(exchange);
            if (text == null) {
                escape.appendMissing(out);
            } else {
                escape.append(text, out);
            }
        };
        if (variable instanceof Variable.Builtin(Attribute attribute)) {
            return quick(attribute, escape, clock).orElse(usual);
        }
        return variable instanceof Variable.RequestHeader(String name)
                ? header(FieldName.of(name), escape, usual)
                : usual;
    }

    private static Optional<Part> quick(Attribute attribute, Escape escape, Clock clock) {
        Part part = switch (attribute) {
            case STATUS -> (exchange, out) -> appendStatus(exchange, out);
            case BODY_BYTES_SENT ->
                (exchange, out) -> out.append(exchange.counters().bodyBytesSent());
            case BYTES_SENT ->
                (exchange, out) -> out.append(exchange.counters().headBytesSent()
                        + exchange.counters().bodyBytesSent());
            case REQUEST_LENGTH ->
                (exchange, out) -> out.append(exchange.counters().requestBytes());
            case CONNECTION ->
                (exchange, out) -> out.append(exchange.connection().serial());
            case CONNECTION_REQUESTS ->
                (exchange, out) -> out.append(exchange.connection().requests());
            case UNIX_TIME -> (exchange, out) -> out.appendSeconds(clock.wallMillis());
            case REQUEST_TIME -> (exchange, out) -> out.appendSeconds(millisSinceStart(exchange, clock));
            case REQUEST_LINE -> (exchange, out) -> appendRequestLine(exchange, escape, out);
            default -> null;
        };
        return Optional.ofNullable(part);
    }

    private static void appendStatus(Exchange exchange, LineBuffer out) {
        int status = exchange.response().status();
        if (status < 100) {
            out.append("000");
        } else {
            out.append(status);
        }
    }

    static long millisSinceStart(Exchange exchange, Clock clock) {
        return Math.max(0, (clock.monotonicNanos() - exchange.counters().startedNanos()) / 1_000_000);
    }

    private static void appendRequestLine(Exchange exchange, Escape escape, LineBuffer out) {
        RequestHead head = exchange.head();
        if (head.receivedMethod().isEmpty()) {
            if (head.unsoundLine().isEmpty()) {
                escape.appendMissing(out);
            } else {
                escape.append(head.unsoundLine(), out);
            }
            return;
        }
        escape.append(head.receivedMethod(), out);
        out.append((byte) ' ');
        escape.append(head.target().raw(), out);
        out.append(head.minorVersion() == 0 ? " HTTP/1.0" : " HTTP/1.1");
    }

    /// A field that is there once is written from where it lies.
    private static Part header(FieldName name, Escape escape, Part usual) {
        return (exchange, out) -> {
            Fields fields = exchange.head().fields();
            int first = fields.first(name);
            if (first < 0) {
                escape.appendMissing(out);
            } else if (fields.next(name, first) < 0) {
                escape.append(fields.bytes(), fields.valueStart(first), fields.valueEnd(first), out);
            } else {
                usual.append(exchange, out);
            }
        };
    }

    /// A stretch of a line.
    @FunctionalInterface
    interface Part {
        void append(Exchange exchange, LineBuffer out);
    }
}
