package dev.fairlead.admin;

import dev.fairlead.engine.http.Exchange;
import dev.fairlead.engine.http.HeadFilter;
import dev.fairlead.engine.http.Place;
import dev.fairlead.model.http.LogLevel;
import dev.fairlead.model.http.Settings;
import dev.fairlead.source.Span;
import java.util.List;

/// The one place control requests are at. There is nowhere to redirect to and nothing to log.
final class ControlPlace implements Place {
    @Override
    public Settings settings() {
        return ControlSettings.PLACE;
    }

    @Override
    public Span origin() {
        return Span.builtIn();
    }

    @Override
    public List<HeadFilter> filters() {
        return List.of();
    }

    @Override
    public void redirect(Exchange exchange) {
        fail(exchange, 404);
    }

    @Override
    public void redirectClient(Exchange exchange, int status, String location) {
        fail(exchange, 404);
    }

    @Override
    public void enterNamed(Exchange exchange, String name) {
        fail(exchange, 404);
    }

    @Override
    public void fail(Exchange exchange, int status) {
        Answer.send(exchange, status, Answer.JSON, Json.message(false, "status " + status));
    }

    @Override
    public void report(Exchange exchange, LogLevel level, String message) {}

    @Override
    public void ended(Exchange exchange) {}
}
