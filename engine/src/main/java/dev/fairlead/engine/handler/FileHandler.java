package dev.fairlead.engine.handler;

import dev.fairlead.engine.compile.CompileContext;
import dev.fairlead.engine.http.ContentHandler;
import dev.fairlead.engine.http.Exchange;
import dev.fairlead.model.http.Location;

/// Answers with the file that the request's path stands for, the index of a folder, or its listing.
public final class FileHandler implements ContentHandler {
    private final FilePaths paths;

    private FileHandler(FilePaths paths) {
        this.paths = paths;
    }

    public static ContentHandler compile(Location location, CompileContext context) {
        return new FileHandler(FilePaths.compile(location, context));
    }

    @Override
    public void handle(Exchange exchange) {
        exchange.fail(paths.of(exchange).isEmpty() ? 500 : 404);
    }
}
