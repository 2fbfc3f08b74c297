package dev.fairlead.engine.upstream.dial;

import dev.fairlead.engine.compile.Text;
import dev.fairlead.engine.http.Exchange;
import dev.fairlead.model.http.LogLevel;
import dev.fairlead.model.net.Address;
import dev.fairlead.model.upstream.ServerTraits;
import io.netty.util.NetUtil;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.UnknownHostException;
import org.jspecify.annotations.Nullable;

/// Which address of ours connections are made from.
public final class LocalAddress {
    private LocalAddress() {}

    /// The address that connections to a server are made from, whatever the configuration asks for otherwise; null
    /// for none.
    ///
    /// @param to where the server is: only connections by IP have such an address
    public static @Nullable SocketAddress of(ServerTraits server, SocketAddress to) {
        if (server.source().isEmpty() || !(to instanceof InetSocketAddress)) {
            return null;
        }
        Address.Tcp source = server.source().get();
        byte[] bytes = NetUtil.createByteArrayFromIpAddressString(source.host());
        try {
            return bytes == null
                    ? new InetSocketAddress(source.port())
                    : new InetSocketAddress(InetAddress.getByAddress(bytes), source.port());
        } catch (UnknownHostException wrongLength) {
            throw new IllegalStateException(wrongLength);
        }
    }

    /// The destination with the address that the configuration asks for; as it is where that is none, or no
    /// address.
    ///
    /// @param wanted an address with or without a port; null for none
    public static Destination of(@Nullable Text wanted, Exchange exchange, Destination to) {
        String text = wanted == null ? "" : wanted.of(exchange);
        if (text.isEmpty() || text.equals("off")) {
            return to;
        }
        int colon = text.lastIndexOf(':');
        boolean hasPort = colon > 0 && (text.indexOf(':') == colon || text.charAt(colon - 1) == ']');
        String host = Urls.hostOf(text);
        byte[] bytes = NetUtil.createByteArrayFromIpAddressString(host);
        int port = hasPort ? Urls.port(text.substring(colon + 1)) : 0;
        if (bytes == null) {
            exchange.place().report(exchange, LogLevel.ERROR, "invalid local address \"" + text + "\"");
            return to;
        }
        try {
            return to.from(text, new InetSocketAddress(InetAddress.getByAddress(bytes), port));
        } catch (UnknownHostException wrongLength) {
            throw new IllegalStateException(wrongLength);
        }
    }
}
