package dev.fairlead.engine.http1;

import dev.fairlead.engine.connection.Traffic;
import dev.fairlead.engine.http.ExchangeEntry;
import dev.fairlead.engine.net.Acceptor;
import dev.fairlead.engine.net.ListeningSocket;
import dev.fairlead.engine.net.Loops;
import dev.fairlead.model.net.Address;
import dev.fairlead.model.net.SocketOptions;
import dev.fairlead.time.Clock;
import java.io.IOException;
import java.io.UncheckedIOException;

/// A server on a port of loopback that the kernel chose, with one event loop. For tests of everything that
/// answers requests.
public final class TestServer implements AutoCloseable {
    private final Loops loops;
    private final Acceptor acceptor;
    private final Traffic counters;

    private TestServer(Loops loops, Acceptor acceptor, Traffic counters) {
        this.loops = loops;
        this.acceptor = acceptor;
        this.counters = counters;
    }

    public static TestServer serving(ExchangeEntry entry) {
        return serving(entry, Clock.system());
    }

    public static TestServer serving(ExchangeEntry entry, Clock clock) {
        return serving(ListenerSlot.Service.plain(entry), clock);
    }

    static TestServer serving(ListenerSlot.Service service) {
        return serving(service, Clock.system());
    }

    private static TestServer serving(ListenerSlot.Service service, Clock clock) {
        Loops loops = Loops.start(1);
        try {
            Traffic counters = new Traffic();
            ListeningSocket socket = ListeningSocket.open(new Address.Tcp("127.0.0.1", 0), SocketOptions.DEFAULT);
            LoopStates states = new LoopStates(loops, clock, counters, 1000);
            Acceptor acceptor = Acceptor.start(
                    loops, socket, SocketOptions.DEFAULT, new ConnectionSetup(states, new ListenerSlot(service)));
            return new TestServer(loops, acceptor, counters);
        } catch (IOException failed) {
            loops.close();
            throw new UncheckedIOException(failed);
        }
    }

    public int port() {
        return acceptor.port();
    }

    public Traffic counters() {
        return counters;
    }

    public Loops loops() {
        return loops;
    }

    @Override
    public void close() {
        acceptor.close();
        loops.close();
    }
}
