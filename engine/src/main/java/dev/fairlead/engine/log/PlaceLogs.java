package dev.fairlead.engine.log;

import dev.fairlead.engine.compile.CompileContext;
import dev.fairlead.engine.http.Ending;
import dev.fairlead.engine.http.Exchange;
import dev.fairlead.engine.text.Texts;
import dev.fairlead.model.http.LogLevel;
import dev.fairlead.model.http.Logging;
import dev.fairlead.model.text.Attribute;
import dev.fairlead.source.Span;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;

/// The logs of a place: a line for each request, and a line for each thing that goes wrong.
public final class PlaceLogs {
    private final AccessLine[] begun;
    private final AccessLine[] access;
    private final AccessLine[] failures;
    private final ErrorLine[] error;

    private PlaceLogs(AccessLine[] begun, AccessLine[] access, AccessLine[] failures, ErrorLine[] error) {
        this.begun = begun;
        this.access = access;
        this.failures = failures;
        this.error = error;
    }

    /// Opens the files. One that cannot be opened is a problem.
    public static PlaceLogs compile(Logging logging, CompileContext context) {
        Logs logs = Logs.of(context.shared());
        Texts texts = Texts.of(context);
        ErrorLine[] error = logging.error().stream()
                .filter(log -> !(log.target() instanceof Logging.Target.Nowhere))
                .filter(log -> isSound(log.target(), log.origin(), logs, context))
                .map(log -> new ErrorLine(log, logs, context.clock()))
                .toArray(ErrorLine[]::new);
        return new PlaceLogs(
                lines(of(logging.access(), Logging.Moment.BEGUN), logs, texts, context),
                lines(of(logging.access(), Logging.Moment.END), logs, texts, context),
                lines(logging.failures(), logs, texts, context),
                error);
    }

    private static List<Logging.AccessLog> of(List<Logging.AccessLog> all, Logging.Moment moment) {
        return all.stream().filter(log -> log.moment() == moment).toList();
    }

    private static AccessLine[] lines(List<Logging.AccessLog> of, Logs logs, Texts texts, CompileContext context) {
        return of.stream()
                .filter(log -> !(log.target() instanceof Logging.Target.Nowhere))
                .filter(log -> isSound(log.target(), log.origin(), logs, context))
                .map(log -> AccessLine.compile(log, logs, texts, context))
                .toArray(AccessLine[]::new);
    }

    private static boolean isSound(Logging.Target target, Span origin, Logs logs, CompileContext context) {
        if (!(target instanceof Logging.Target.File file) || !file.path().isConstant()) {
            return true;
        }
        String path = file.path().constantText();
        try {
            var problem = logs.open(Path.of(path));
            problem.ifPresent(text -> context.problems().error("log.open", origin, text));
            return problem.isEmpty();
        } catch (InvalidPathException unusable) {
            context.problems().error("log.open", origin, "open() \"" + path + "\" failed: " + unusable.getReason());
            return false;
        }
    }

    /// Whether there are lines that do not wait for the end.
    public boolean tellsBeginnings() {
        return begun.length > 0;
    }

    /// A server's answer goes out, or a server has taken the connection: writes the lines that do not wait for the
    /// end. To them nothing has gone wrong, unless rules have said so.
    public void begun(Exchange exchange) {
        boolean isSaid = exchange.values().fact(Attribute.ENDING) != null;
        if (!isSaid) {
            exchange.values().fact(Attribute.ENDING, Ending.NONE);
        }
        for (AccessLine line : begun) {
            if (line.write(exchange)) {
                exchange.markLogged();
            }
        }
        if (!isSaid) {
            exchange.values().forget(Attribute.ENDING);
        }
    }

    /// The exchange is over: writes its lines.
    public void write(Exchange exchange) {
        if (exchange.isLogged()) {
            return;
        }
        for (AccessLine line : access) {
            line.write(exchange);
        }
    }

    /// The connection has failed before there was a request.
    ///
    /// @return whether there are lines for that
    public boolean failed(Exchange exchange) {
        for (AccessLine line : failures) {
            line.write(exchange);
        }
        return failures.length > 0;
    }

    public void report(Exchange exchange, LogLevel level, String message) {
        for (ErrorLine line : error) {
            line.write(exchange, level, message);
        }
    }
}
