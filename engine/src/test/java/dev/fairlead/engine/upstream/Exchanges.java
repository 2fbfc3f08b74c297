package dev.fairlead.engine.upstream;

import dev.fairlead.engine.connection.ConnectionInfo;
import dev.fairlead.engine.connection.Peer;
import dev.fairlead.engine.http.Carrier;
import dev.fairlead.engine.http.Exchange;
import dev.fairlead.engine.http.RequestBody;
import io.netty.channel.EventLoop;
import java.lang.reflect.Proxy;
import java.net.InetSocketAddress;

/// Exchanges that nobody carries, for what only looks at a request.
public final class Exchanges {
    private Exchanges() {}

    public static Exchange of(String client, String query) {
        Exchange exchange = new Exchange(
                nothing(Carrier.class),
                nothing(ConnectionInfo.class),
                nothing(RequestBody.class),
                nothing(EventLoop.class));
        exchange.client(Peer.of(new InetSocketAddress(client, 1)));
        exchange.query(query);
        return exchange;
    }

    private static <T> T nothing(Class<T> type) {
        Object none =
                Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, (self, method, arguments) -> {
                    throw new UnsupportedOperationException(method.getName());
                });
        return type.cast(none);
    }
}
