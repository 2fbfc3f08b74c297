package dev.fairlead.engine.log;

import dev.fairlead.engine.compile.Text;
import dev.fairlead.engine.http.Exchange;
import java.nio.charset.StandardCharsets;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;

/// How a line gets to its output.
sealed interface Destination {
    void write(Exchange exchange, LineFormat format);

    /// Lines for one file or stream, collected by each loop.
    record Fixed(LogOutput output, Buffering buffering, Logs logs) implements Destination {
        @Override
        public void write(Exchange exchange, LineFormat format) {
            LineCollector collector = logs.collector(output, exchange.loop(), output, buffering);
            format.append(exchange, collector.lines());
            collector.lines().append((byte) '\n');
            collector.lineAdded();
        }
    }

    /// A file whose name depends on the request. The files used last stay open.
    record Computed(Text path, Logs logs) implements Destination {
        @Override
        public void write(Exchange exchange, LineFormat format) {
            LineBuffer line = new LineBuffer();
            format.append(exchange, line);
            line.append((byte) '\n');
            byte[] name = path.of(exchange).getBytes(StandardCharsets.ISO_8859_1);
            try {
                logs.changingFiles().write(Path.of(new String(name, StandardCharsets.UTF_8)), line.copy());
            } catch (InvalidPathException unusable) {
                exchange.place()
                        .report(
                                exchange,
                                dev.fairlead.model.http.LogLevel.CRIT,
                                "open() of an access log failed: " + unusable.getReason());
            }
        }
    }

    /// A datagram for each line.
    record Framed(LogOutput output, SyslogFrame frame, Logs logs) implements Destination {
        @Override
        public void write(Exchange exchange, LineFormat format) {
            LineBuffer line = new LineBuffer();
            frame.appendTo(line);
            format.append(exchange, line);
            logs.writer().write(output, line.copy());
        }
    }
}
