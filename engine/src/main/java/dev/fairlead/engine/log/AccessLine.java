package dev.fairlead.engine.log;

import dev.fairlead.engine.compile.CompileContext;
import dev.fairlead.engine.compile.Text;
import dev.fairlead.engine.http.Exchange;
import dev.fairlead.engine.text.Texts;
import dev.fairlead.engine.text.value.Times;
import dev.fairlead.model.http.Logging;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// One access log of a place.
final class AccessLine {
    private final LineFormat format;
    private final @Nullable Text condition;
    private final Destination destination;

    private AccessLine(LineFormat format, @Nullable Text condition, Destination destination) {
        this.format = format;
        this.condition = condition;
        this.destination = destination;
    }

    static AccessLine compile(Logging.AccessLog log, Logs logs, Texts texts, CompileContext context) {
        Buffering buffering = new Buffering(
                log.bufferBytes(), log.flush().map(Duration::toMillis).orElse(0L));
        Destination destination = destination(log.target(), logs, buffering, context);
        return new AccessLine(
                LineFormat.compile(log.format(), texts, context.clock()),
                log.condition().map(context::text).orElse(null),
                destination);
    }

    private static Destination destination(
            Logging.Target target, Logs logs, Buffering buffering, CompileContext context) {
        if (target instanceof Logging.Target.File file && !file.path().isConstant()) {
            return new Destination.Computed(context.text(file.path()), logs);
        }
        if (target instanceof Logging.Target.Syslog syslog) {
            SyslogFrame frame = new SyslogFrame(syslog, Times.syslog(context.clock()));
            return new Destination.Framed(logs.output(target), frame, logs);
        }
        return new Destination.Fixed(logs.output(target), buffering, logs);
    }

    /// @return whether its condition holds
    boolean write(Exchange exchange) {
        if (condition != null) {
            String text = condition.of(exchange);
            if (text.isEmpty() || text.equals("0")) {
                return false;
            }
        }
        destination.write(exchange, format);
        return true;
    }
}
