package dev.fairlead.engine.http1;

import dev.fairlead.engine.http.ExchangeEntry;
import dev.fairlead.engine.tls.ServerTls;
import java.util.Optional;

/// What a listener's connections are served by at present. It is replaced as one with each generation;
/// connections ask
/// before each request. Safe for use by several threads.
public final class ListenerSlot {
    private volatile Service present;
    private volatile boolean isRemoved;

    public ListenerSlot(Service first) {
        present = first;
    }

    /// What serves a listener in one generation.
    ///
    /// @param tls set where connections speak TLS
    /// @param proxyProtocol whether connections start with a PROXY protocol header
    public record Service(ExchangeEntry entry, Optional<ServerTls> tls, boolean proxyProtocol) {
        /// Plain HTTP.
        public static Service plain(ExchangeEntry entry) {
            return new Service(entry, Optional.empty(), false);
        }
    }

    Service present() {
        return present;
    }

    ExchangeEntry entry() {
        return present.entry();
    }

    public void replace(Service next) {
        present = next;
    }

    /// The listener is no longer wanted: its connections end behind their present request.
    public void remove() {
        isRemoved = true;
    }

    boolean isRemoved() {
        return isRemoved;
    }
}
