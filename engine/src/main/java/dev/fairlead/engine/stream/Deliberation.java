package dev.fairlead.engine.stream;

import dev.fairlead.engine.connection.Peer;
import dev.fairlead.engine.http.Exchange;
import dev.fairlead.engine.upstream.Upstreams;
import java.util.Locale;

/// Asks the rules of a service one after the other what becomes of a connection, and waits where one of them wants
/// to know the address of a host.
final class Deliberation {
    private final StreamSession session;
    private final StreamLoop loop;
    private boolean isOver;

    Deliberation(StreamSession session, StreamLoop loop) {
        this.session = session;
        this.loop = loop;
    }

    /// Whether what becomes of the connection is not known yet.
    boolean goesOn() {
        return !isOver;
    }

    void begin(Exchange exchange) {
        ask(exchange, 0);
    }

    private void ask(Exchange exchange, int from) {
        StreamService.Choice chosen = session.service().choose(exchange, from);
        session.remember(exchange);
        if (chosen.course() instanceof Course.LookUp lookUp) {
            lookUp(lookUp, exchange, chosen.next());
        } else {
            isOver = true;
            session.follow(chosen.course(), exchange);
        }
    }

    private void lookUp(Course.LookUp lookUp, Exchange exchange, int next) {
        String host = lookUp.host().of(exchange).toLowerCase(Locale.ROOT);
        if (!Upstreams.isName(host)) {
            ask(exchange, next);
            return;
        }
        loop.upstreams().resolve(host, lookUp.by(), loop.loop(), loop.clock(), found -> {
            if (session.isOver()) {
                return;
            }
            Exchange present = session.exchange();
            if (!found.isEmpty()) {
                String address = Peer.of(found.getFirst().getAddress(), 0).text();
                lookUp.target().set(present, address);
            }
            ask(present, next);
        });
    }
}
