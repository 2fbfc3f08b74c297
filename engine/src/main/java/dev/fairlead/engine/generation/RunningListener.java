package dev.fairlead.engine.generation;

import dev.fairlead.engine.net.Acceptor;
import dev.fairlead.engine.net.Gate;
import dev.fairlead.engine.net.ListeningSocket;
import dev.fairlead.engine.net.Loops;
import dev.fairlead.model.net.Address;
import dev.fairlead.model.net.Listener;
import dev.fairlead.model.status.ListenerStatus;
import io.netty.channel.ChannelHandler;
import java.io.IOException;

/// A listener that accepts connections, over all generations that have it.
final class RunningListener {
    private Acceptor acceptor;
    private final Gate gate;
    private final Entrance entrance;
    private Door door;
    private Listener present;
    private volatile boolean isRemoved;
    private boolean isSuspended;

    /// @param gate in front of the entrance
    /// @param entrance where the acceptor's channels go
    /// @param door what takes them there
    RunningListener(Acceptor acceptor, Gate gate, Entrance entrance, Door door, Listener present) {
        this.acceptor = acceptor;
        this.gate = gate;
        this.entrance = entrance;
        this.door = door;
        this.present = present;
    }

    void replace(Ready next, Doors doors, Rooms rooms) {
        present = next.listener();
        gate.leadTo(rooms.of(present.address()));
        if (!door.replace(next)) {
            door.remove();
            door = doors.open(next);
            entrance.replace(door.connections());
        }
    }

    Acceptor acceptor() {
        return acceptor;
    }

    /// For connections that come without the socket.
    ChannelHandler connections() {
        return entrance;
    }

    /// Whether it is in the present plan.
    boolean isListening() {
        return !isRemoved;
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
        isRemoved = true;
        door.remove();
        acceptor.close();
    }

    /// Closes the socket for a while; connections stay.
    void suspend() {
        isSuspended = true;
        acceptor.close();
    }

    boolean isSuspended() {
        return isSuspended;
    }

    /// Listens again.
    ///
    /// @throws IOException if somebody else does meanwhile
    void resume(Loops loops) throws IOException {
        ListeningSocket socket = ListeningSocket.open(boundAddress(), present.options());
        acceptor = Acceptor.start(loops, socket, present.options(), gate, entrance);
        isSuspended = false;
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
