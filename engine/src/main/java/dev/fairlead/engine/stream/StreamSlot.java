package dev.fairlead.engine.stream;

import dev.fairlead.engine.connection.Peer;
import io.netty.channel.Channel;
import java.util.HashMap;
import java.util.Map;

/// What a listener's connections are served by at present. Replaced as one with each generation; a connection
/// asks once. Safe for use by several threads.
public final class StreamSlot {
    private volatile Served present;

    public StreamSlot(Served first) {
        present = first;
    }

    /// What serves a listener in one generation.
    ///
    /// @param byAddress what serves connections to some of the addresses the socket listens on, by their text
    public record Served(StreamEntry entry, Map<String, StreamEntry> byAddress) {
        public Served {
            byAddress = Map.copyOf(byAddress);
        }

        public static Served everywhere(StreamEntry entry) {
            return new Served(entry, Map.of());
        }

        /// The same, but another for connections to one of the addresses.
        public Served with(String address, StreamEntry other) {
            Map<String, StreamEntry> more = new HashMap<>(byAddress);
            more.put(address, other);
            return new Served(entry, more);
        }
    }

    StreamEntry present(Channel channel) {
        Served here = present;
        return here.byAddress.isEmpty()
                ? here.entry
                : here.byAddress.getOrDefault(Peer.of(channel.localAddress()).text(), here.entry);
    }

    public void replace(Served next) {
        present = next;
    }
}
