package dev.fairlead.engine.generation;

import dev.fairlead.engine.http1.ConnectionSetup;
import dev.fairlead.engine.http1.ListenerSlot;
import dev.fairlead.engine.net.Acceptor;
import dev.fairlead.model.http.HttpListener;
import dev.fairlead.model.net.Address;
import dev.fairlead.model.status.ListenerStatus;

/// A listener that accepts connections, over all generations that have it.
final class RunningListener {
    private final Acceptor acceptor;
    private final ConnectionSetup connections;
    private final ListenerSlot slot;
    private HttpListener present;

    /// @param connections sets up those the acceptor accepts
    RunningListener(Acceptor acceptor, ConnectionSetup connections, ListenerSlot slot, HttpListener present) {
        this.acceptor = acceptor;
        this.connections = connections;
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

    /// For connections that come without the socket.
    ConnectionSetup connections() {
        return connections;
    }

    /// Whether it is in the present plan.
    boolean isListening() {
        return !slot.isRemoved();
    }

    boolean isAtEveryIpv6() {
        return present.address() instanceof Address.Tcp tcp && tcp.host().equals("::");
    }

    /// Whether an IPv6 socket takes IPv4 connections too.
    boolean takesIpv4() {
        return !present.options().ipv6Only();
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
