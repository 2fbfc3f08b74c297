package dev.fairlead.engine.app;

import dev.fairlead.engine.compile.CompileContext;
import dev.fairlead.engine.http.ContentHandler;
import dev.fairlead.engine.http.Exchange;
import dev.fairlead.model.http.Action;
import dev.fairlead.model.http.Location;

/// Hands requests to an application's workers.
public final class ApplicationHandler implements ContentHandler {
    private ApplicationHandler() {}

    public static ContentHandler compile(Action.RunApplication action, Location location, CompileContext context) {
        context.problems().error("engine.application", action.origin(), "applications cannot be run yet");
        return new ApplicationHandler();
    }

    @Override
    public void handle(Exchange exchange) {
        exchange.fail(503);
    }
}
