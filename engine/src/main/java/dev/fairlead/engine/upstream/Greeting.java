package dev.fairlead.engine.upstream;

import dev.fairlead.engine.connection.ConnectionInfo;
import dev.fairlead.engine.connection.Peer;
import dev.fairlead.engine.http.Exchange;
import dev.fairlead.engine.proxy.ProxyHeaderWriter;
import dev.fairlead.engine.upstream.server.Member;
import dev.fairlead.model.net.ProxyProtocol;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import org.jspecify.annotations.Nullable;

/// What a connection to a server begins with.
final class Greeting {
    private Greeting() {}

    /// The header of the PROXY protocol for a server that expects one, owned by the caller; null for others.
    static @Nullable ByteBuf of(Member server, Exchange exchange) {
        ProxyProtocol version = server.traits().proxyHeader().orElse(null);
        if (version == null) {
            return null;
        }
        ConnectionInfo client = exchange.connection();
        Peer from = client.proxiedClient().orElseGet(client::remote);
        Peer to = client.proxiedServer().orElseGet(client::local);
        return ProxyHeaderWriter.write(version, from, to, ByteBufAllocator.DEFAULT);
    }
}
