package dev.fairlead.engine.upstream;

import dev.fairlead.engine.compile.CompileContext;
import dev.fairlead.engine.http.ContentHandler;
import dev.fairlead.engine.http.Exchange;
import dev.fairlead.model.http.Forward;
import dev.fairlead.model.http.Location;

/// Passes requests to another server and its answers back.
public final class ForwardHandler implements ContentHandler {
    private static final int BAD_GATEWAY = 502;

    private ForwardHandler() {}

    /// Compiles what a location forwards.
    ///
    /// @param forward how
    /// @param location where, for settings that concern the request's body and errors
    public static ContentHandler compile(Forward forward, Location location, CompileContext context) {
        return new ForwardHandler();
    }

    @Override
    public void handle(Exchange exchange) {
        exchange.fail(BAD_GATEWAY);
    }
}
