package dev.fairlead.engine.handler;

import dev.fairlead.engine.compile.CompileContext;
import dev.fairlead.engine.http.ContentHandler;
import dev.fairlead.model.http.FileServing;
import dev.fairlead.model.http.Location;

/// Lets the first of several files that is there be served, or goes on elsewhere when none is.
public final class TryFilesHandler {
    private TryFilesHandler() {}

    /// @param next what serves the file that was found
    public static ContentHandler compile(
            FileServing.TryFiles tryFiles, Location location, ContentHandler next, CompileContext context) {
        return next;
    }
}
