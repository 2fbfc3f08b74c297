package dev.fairlead.engine.log;

import dev.fairlead.engine.compile.CompileContext;
import dev.fairlead.engine.http.Exchange;
import dev.fairlead.engine.text.Texts;
import dev.fairlead.model.http.LogLevel;
import dev.fairlead.model.http.Logging;
import dev.fairlead.source.Span;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;

/// The logs of a place: a line for each request, and a line for each thing that goes wrong.
public final class PlaceLogs {
    private final AccessLine[] access;
    private final ErrorLine[] error;

    private PlaceLogs(AccessLine[] access, ErrorLine[] error) {
        this.access = access;
        this.error = error;
    }

    /// Opens the files. One that cannot be opened is a problem.
    public static PlaceLogs compile(Logging logging, CompileContext context) {
        Logs logs = Logs.of(context.shared());
        Texts texts = Texts.of(context);
        AccessLine[] access = logging.access().stream()
                .filter(log -> !(log.target() instanceof Logging.Target.Nowhere))
                .filter(log -> isSound(log.target(), log.origin(), logs, context))
                .map(log -> AccessLine.compile(log, logs, texts, context))
                .toArray(AccessLine[]::new);
        ErrorLine[] error = logging.error().stream()
                .filter(log -> !(log.target() instanceof Logging.Target.Nowhere))
                .filter(log -> isSound(log.target(), log.origin(), logs, context))
                .map(log -> new ErrorLine(log, logs, context.clock()))
                .toArray(ErrorLine[]::new);
        return new PlaceLogs(access, error);
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

    /// The exchange is over: writes its lines.
    public void write(Exchange exchange) {
        for (AccessLine line : access) {
            line.write(exchange);
        }
    }

    public void report(Exchange exchange, LogLevel level, String message) {
        for (ErrorLine line : error) {
            line.write(exchange, level, message);
        }
    }
}
