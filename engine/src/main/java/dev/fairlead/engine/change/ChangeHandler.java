package dev.fairlead.engine.change;

import dev.fairlead.engine.compile.CompileContext;
import dev.fairlead.engine.handler.FilePaths;
import dev.fairlead.engine.handler.PathEscape;
import dev.fairlead.engine.http.ContentHandler;
import dev.fairlead.engine.http.Exchange;
import dev.fairlead.engine.http.Method;
import dev.fairlead.engine.http.field.FieldName;
import dev.fairlead.engine.upstream.HeldBody;
import dev.fairlead.model.http.FileChanges;
import dev.fairlead.model.http.Location;
import dev.fairlead.model.http.LogLevel;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Supplier;

/// Answers the methods that change files; leaves the others to whoever sends files. What is wrong with a request is
/// found before anything is touched.
public final class ChangeHandler implements ContentHandler {
    private static final FieldName DEPTH = FieldName.of("Depth");
    private static final FieldName DESTINATION = FieldName.of("Destination");
    private static final FieldName OVERWRITE = FieldName.of("Overwrite");
    private static final FieldName CONTENT_RANGE = FieldName.of("Content-Range");
    private static final int CREATED = 201;
    private static final int CONFLICT = 409;

    private final FileChanges changes;
    private final FilePaths paths;
    private final ContentHandler otherwise;
    private final FileWorkers workers;

    private ChangeHandler(FileChanges changes, FilePaths paths, ContentHandler otherwise, FileWorkers workers) {
        this.changes = changes;
        this.paths = paths;
        this.otherwise = otherwise;
        this.workers = workers;
    }

    /// @param otherwise answers all other methods
    public static ContentHandler compile(
            FileChanges changes, Location location, ContentHandler otherwise, CompileContext context) {
        FileWorkers workers = context.shared().part(FileWorkers.class, FileWorkers::new);
        return new ChangeHandler(changes, FilePaths.compile(location, context), otherwise, workers);
    }

    @Override
    public void handle(Exchange exchange) {
        Optional<FileChanges.Method> method = method(exchange);
        if (method.isEmpty() || !changes.methods().contains(method.get())) {
            otherwise.handle(exchange);
            return;
        }
        String name = bare(paths.of(exchange));
        if (name.isEmpty()) {
            exchange.fail(500);
            return;
        }
        switch (method.get()) {
            case PUT -> put(exchange, name);
            case DELETE -> delete(exchange, name);
            case MKCOL -> makeFolder(exchange, name);
            case COPY -> transfer(exchange, name, false);
            case MOVE -> transfer(exchange, name, true);
        }
    }

    private static Optional<FileChanges.Method> method(Exchange exchange) {
        return switch (exchange.head().method()) {
            case PUT -> Optional.of(FileChanges.Method.PUT);
            case DELETE -> Optional.of(FileChanges.Method.DELETE);
            case MKCOL -> Optional.of(FileChanges.Method.MKCOL);
            case COPY -> Optional.of(FileChanges.Method.COPY);
            case MOVE -> Optional.of(FileChanges.Method.MOVE);
            case GET, HEAD, POST, OPTIONS, PATCH, TRACE, CONNECT, PROPFIND, PROPPATCH, LOCK, UNLOCK, OTHER ->
                Optional.empty();
        };
    }

    private static String bare(String name) {
        return name.endsWith("/") ? name.substring(0, name.length() - 1) : name;
    }

    private static boolean isFolder(String path) {
        return path.endsWith("/");
    }

    private void put(Exchange exchange, String name) {
        if (isFolder(exchange.path())) {
            refuse(exchange, CONFLICT, "cannot PUT to a collection");
        } else if (exchange.head().fields().has(CONTENT_RANGE)) {
            refuse(exchange, 501, "PUT with range is unsupported");
        } else if (exchange.isBodyTaken()) {
            refuse(exchange, 500, "PUT request body was taken before");
        } else {
            PutBody.read(exchange, body -> put(exchange, name, body));
        }
    }

    private void put(Exchange exchange, String name, HeldBody body) {
        String from = body.fileName();
        run(exchange, body::release, () -> Changes.put(from, name, changes));
    }

    private void delete(Exchange exchange, String name) {
        String path = exchange.path();
        String depth = exchange.head().fields().value(DEPTH);
        boolean isDeep = depth.isEmpty() || depth.equals("infinity");
        if (hasBody(exchange)) {
            refuse(exchange, 415, "DELETE with body is unsupported");
        } else if (depth(path) < changes.leastDepth()) {
            refuse(exchange, CONFLICT, "insufficient URI depth:" + depth(path) + " to DELETE");
        } else if (isFolder(path) && name.equals(bare(paths.folder(exchange)))) {
            // nginx would empty the folder that all others lie in; nobody means that.
            refuse(exchange, 403, "the folder of the location is not deleted");
        } else {
            boolean isDepthGood = isDeep || depth.equals("0");
            run(exchange, () -> Changes.delete(name, isFolder(path), isDeep, isDepthGood));
        }
    }

    /// How many slashes of the path have something behind them.
    private static int depth(String path) {
        int depth = 0;
        for (int i = 0; i < path.length() - 1; i++) {
            depth += path.charAt(i) == '/' ? 1 : 0;
        }
        return depth;
    }

    private void makeFolder(Exchange exchange, String name) {
        if (hasBody(exchange)) {
            refuse(exchange, 415, "MKCOL with body is unsupported");
        } else if (!isFolder(exchange.path())) {
            refuse(exchange, CONFLICT, "MKCOL can create a collection only");
        } else {
            run(exchange, () -> Changes.makeFolder(name, changes));
        }
    }

    private void transfer(Exchange exchange, String name, boolean moves) {
        var fields = exchange.head().fields();
        String written = fields.value(DESTINATION);
        String target = Target.path(written, exchange);
        String depth = fields.value(DEPTH);
        String overwrite = fields.value(OVERWRITE).toUpperCase(Locale.ROOT);
        boolean isDepthGood = depth.isEmpty() || depth.equals("infinity") || (!moves && depth.equals("0"));
        if (hasBody(exchange)) {
            refuse(exchange, 415, "COPY and MOVE with body are unsupported");
        } else if (target == null) {
            refuse(exchange, 400, "client sent invalid \"Destination\" header: \"" + written + '"');
        } else if (isFolder(target) != isFolder(exchange.path())) {
            refuse(exchange, CONFLICT, "both URI and \"Destination\" should be either collections or non-collections");
        } else if (!isDepthGood || !(overwrite.isEmpty() || overwrite.equals("T") || overwrite.equals("F"))) {
            refuse(exchange, 400, "client sent invalid \"Depth\" or \"Overwrite\" header");
        } else {
            String to = bare(paths.ofOther(exchange, target));
            if (to.isEmpty()) {
                refuse(exchange, 400, "\"Destination\" header leads to another location: \"" + written + '"');
                return;
            }
            boolean overwrites = !overwrite.equals("F");
            Optional<FileChanges> moving = Optional.of(changes).filter(any -> moves);
            run(exchange, () -> Changes.transfer(name, to, isFolder(target), overwrites, moving));
        }
    }

    private static boolean hasBody(Exchange exchange) {
        return exchange.body().isExpected() && exchange.head().contentLength() != 0;
    }

    private static void refuse(Exchange exchange, int status, String complaint) {
        exchange.place().report(exchange, LogLevel.ERROR, complaint);
        exchange.fail(status);
    }

    private void run(Exchange exchange, Supplier<Outcome> change) {
        run(exchange, () -> {}, change);
    }

    /// @param over run when the change is done
    private void run(Exchange exchange, Runnable over, Supplier<Outcome> change) {
        if (exchange.tracer() != null) {
            over.run();
            exchange.response().begin(CREATED);
            exchange.respondEmpty();
            return;
        }
        Waiting waiting = new Waiting();
        exchange.onClientGone(() -> waiting.isLeft = true);
        var loop = exchange.loop();
        try {
            workers.run(() -> {
                Outcome outcome = attempt(change);
                loop.execute(() -> {
                    over.run();
                    if (!waiting.isLeft) {
                        exchange.onClientGone(null);
                        answer(exchange, outcome);
                    }
                });
            });
        } catch (RejectedExecutionException tooMany) {
            over.run();
            exchange.onClientGone(null);
            refuse(exchange, 503, "too many changes of files are waiting");
        }
    }

    private static Outcome attempt(Supplier<Outcome> change) {
        try {
            return change.get();
        } catch (RuntimeException | StackOverflowError fault) {
            return Outcome.refused(500, "internal fault while files were changed: " + fault);
        }
    }

    /// Whether the client is gone; looked at on its loop alone.
    private static final class Waiting {
        boolean isLeft;
    }

    private static void answer(Exchange exchange, Outcome outcome) {
        if (!outcome.complaint().isEmpty()) {
            exchange.place().report(exchange, LogLevel.ERROR, outcome.complaint());
        }
        if (outcome.status() >= 300) {
            exchange.fail(outcome.status());
            return;
        }
        if (outcome.status() == CREATED && isNamed(exchange)) {
            exchange.redirectClient(CREATED, PathEscape.path(exchange.path()));
        } else {
            exchange.response().begin(outcome.status());
            exchange.respondEmpty();
        }
    }

    /// Whether the answer names what was made: not where the request did.
    private static boolean isNamed(Exchange exchange) {
        Method method = exchange.head().method();
        return method == Method.PUT || method == Method.MKCOL;
    }
}
