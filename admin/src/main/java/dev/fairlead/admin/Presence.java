package dev.fairlead.admin;

import dev.fairlead.engine.http.Exchange;

/// Whether the client of one exchange still waits for its answer. On the exchange's event loop.
final class Presence {
    private final Exchange exchange;
    private boolean gone;

    private Presence(Exchange exchange) {
        this.exchange = exchange;
    }

    static Presence of(Exchange exchange) {
        Presence presence = new Presence(exchange);
        exchange.onClientGone(() -> presence.gone = true);
        return presence;
    }

    boolean isThere() {
        return !gone;
    }

    void forget() {
        exchange.onClientGone(null);
    }
}
