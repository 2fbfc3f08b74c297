package dev.fairlead.engine.log;

import dev.fairlead.engine.http.Exchange;
import dev.fairlead.engine.http.RequestHead;
import dev.fairlead.engine.http.field.FieldName;
import dev.fairlead.engine.text.value.PlaceTexts;
import dev.fairlead.engine.text.value.Times;
import dev.fairlead.model.http.LogLevel;
import dev.fairlead.model.http.Logging;
import dev.fairlead.time.Clock;
import org.jspecify.annotations.Nullable;

/// One error log of a place, in nginx's form: `2026/01/02 03:04:05 [error] 12#34: *5 message, client: …,
/// server: …, request: "…", host: "…"`.
final class ErrorLine {
    private static final long PID = ProcessHandle.current().pid();

    private final LogLevel least;
    private final Times times;
    private final Logs logs;
    private final LogOutput output;
    private final @Nullable SyslogFrame frame;

    ErrorLine(Logging.ErrorLog log, Logs logs, Clock clock) {
        this.least = log.least();
        this.times = Times.errorLog(clock);
        this.logs = logs;
        this.output = logs.output(log.target());
        this.frame = log.target() instanceof Logging.Target.Syslog syslog
                ? new SyslogFrame(syslog, Times.syslog(clock))
                : null;
    }

    void write(Exchange exchange, LogLevel level, String message) {
        if (level.compareTo(least) < 0) {
            return;
        }
        if (frame != null) {
            LineBuffer line = new LineBuffer();
            frame.appendTo(line);
            append(exchange, level, message, line);
            logs.writer().write(output, line.copy());
            return;
        }
        LineCollector collector = logs.collector(output, exchange.loop(), output, Buffering.NONE);
        append(exchange, level, message, collector.lines());
        collector.lines().append((byte) '\n');
        collector.lineAdded();
    }

    private void append(Exchange exchange, LogLevel level, String message, LineBuffer out) {
        out.append(times.now());
        out.append(" [");
        out.append(level.word());
        out.append("] ");
        out.append(PID);
        out.append((byte) '#');
        out.append(Thread.currentThread().threadId());
        out.append(": *");
        out.append(exchange.connection().serial());
        out.append((byte) ' ');
        appendClean(message, out);
        out.append(", client: ");
        out.append(exchange.client().text());
        if (exchange.isRouted() && exchange.place() instanceof PlaceTexts texts) {
            out.append(", server: ");
            out.append(texts.serverName());
        }
        appendRequest(exchange, out);
    }

    private static void appendRequest(Exchange exchange, LineBuffer out) {
        RequestHead head = exchange.head();
        if (!head.receivedMethod().isEmpty()) {
            out.append(", request: \"");
            out.append(head.receivedMethod());
            out.append((byte) ' ');
            appendClean(head.target().raw(), out);
            out.append(head.minorVersion() == 0 ? " HTTP/1.0\"" : " HTTP/1.1\"");
        } else if (!head.unsoundLine().isEmpty()) {
            out.append(", request: \"");
            appendClean(head.unsoundLine(), out);
            out.append((byte) '"');
        }
        String upstream = exchange.upstream().url();
        if (!upstream.isEmpty()) {
            out.append(", upstream: \"");
            appendClean(upstream, out);
            out.append((byte) '"');
        }
        appendField(exchange, FieldName.HOST, ", host: \"", out);
        appendField(exchange, FieldName.REFERER, ", referrer: \"", out);
    }

    private static void appendField(Exchange exchange, FieldName name, String label, LineBuffer out) {
        String value = exchange.head().fields().value(name);
        if (!value.isEmpty()) {
            out.append(label);
            appendClean(value, out);
            out.append((byte) '"');
        }
    }

    /// A request cannot forge a line: control characters are written as codes.
    private static void appendClean(String text, LineBuffer out) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c < 0x20 || c == 0x7f) {
                out.appendHexadecimal(c);
            } else {
                out.append((byte) c);
            }
        }
    }
}
