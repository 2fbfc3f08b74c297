package dev.fairlead.engine.generation;

import dev.fairlead.engine.http1.ListenerSlot;
import dev.fairlead.engine.net.Acceptor;
import dev.fairlead.model.http.HttpListener;
import dev.fairlead.model.net.Address;
import dev.fairlead.model.status.ListenerStatus;

/// A listener that accepts connections, over all generations that have it.
final class RunningListener {
    private final Acceptor acceptor;
    private final ListenerSlot slot;
    private HttpListener present;

    RunningListener(Acceptor acceptor, ListenerSlot slot, HttpListener present) {
        this.acceptor = acceptor;
        this.slot = slot;
        this.present = present;
    }

    void replace(Provisioned.Ready next) {
        present = next.listener();
        slot.replace(next.service());
    }

    Acceptor acceptor() {
        return acceptor;
    }

    /// Accepts no more; connections end behind their present request.
    void remove() {
        slot.remove();
        acceptor.close();
    }

    /// Where it really listens.
    Address boundAddress() {
        return switch (present.address()) {
            case Address.Tcp tcp -> new Address.Tcp(tcp.host(), acceptor.port());
            case Address.Unix unix -> unix;
        };
    }

    ListenerStatus status() {
        return new ListenerStatus(
                Provisioned.text(boundAddress()),
                present.tls(),
                present.origin().fileAndLine());
    }
}
