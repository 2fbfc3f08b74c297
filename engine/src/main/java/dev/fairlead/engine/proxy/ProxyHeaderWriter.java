package dev.fairlead.engine.proxy;

import dev.fairlead.engine.connection.Peer;
import dev.fairlead.model.net.ProxyProtocol;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

/// Writes the header that tells a server who its client is, and which address the client has connected to.
public final class ProxyHeaderWriter {
    private static final byte[] SIGNATURE = HexFormat.of().parseHex("0d0a0d0a000d0a515549540a");
    private static final int PROXIED = 0x21;
    private static final int TCP_4 = 0x11;
    private static final int TCP_6 = 0x21;
    private static final int LONGEST = 128;

    private ProxyHeaderWriter() {}

    /// Addresses of different families, and those of unix sockets, are not told.
    ///
    /// @return owned by the caller
    public static ByteBuf write(ProxyProtocol version, Peer client, Peer server, ByteBufAllocator buffers) {
        ByteBuf out = buffers.directBuffer(LONGEST);
        switch (version) {
            case VERSION_1 -> out.writeCharSequence(line(client, server), StandardCharsets.ISO_8859_1);
            case VERSION_2 -> writeBinary(client, server, out);
        }
        return out;
    }

    private static boolean areTellable(Peer client, Peer server) {
        return !client.isUnix() && client.address().length == server.address().length;
    }

    private static String line(Peer client, Peer server) {
        if (!areTellable(client, server)) {
            return "PROXY UNKNOWN\r\n";
        }
        String family = client.address().length == 4 ? "TCP4 " : "TCP6 ";
        return "PROXY " + family + client.text() + " " + server.text() + " " + client.port() + " " + server.port()
                + "\r\n";
    }

    private static void writeBinary(Peer client, Peer server, ByteBuf out) {
        out.writeBytes(SIGNATURE).writeByte(PROXIED);
        if (!areTellable(client, server)) {
            out.writeByte(0).writeShort(0);
            return;
        }
        int length = client.address().length;
        out.writeByte(length == 4 ? TCP_4 : TCP_6)
                .writeShort(2 * length + 4)
                .writeBytes(client.address())
                .writeBytes(server.address())
                .writeShort(client.port())
                .writeShort(server.port());
    }
}
