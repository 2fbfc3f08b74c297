package dev.fairlead.engine.proxy;

import dev.fairlead.engine.connection.Peer;
import dev.fairlead.model.http.ConnectionFailure;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.ByteToMessageDecoder;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Reads the PROXY protocol header, version 1 or 2, that a connection has to start with. Anything else closes it.
public final class ProxyHeaderReader extends ByteToMessageDecoder {
    private static final byte[] SIGNATURE = HexFormat.of().parseHex("0d0a0d0a000d0a515549540a");
    private static final int LONGEST_LINE = 107;
    private static final int VERSION_2_HEAD = 16;
    private static final int LONGEST_VERSION_2 = 4096;
    private static final Pattern PORT = Pattern.compile("0|[1-9][0-9]{0,4}");
    private static final Pattern IPV4 = Pattern.compile("[0-9]{1,3}(\\.[0-9]{1,3}){3}");
    private static final Pattern IPV6 = Pattern.compile("[0-9a-fA-F:.]{2,45}");

    private final Consumer<ProxyHeader> receiver;
    private final Consumer<ConnectionFailure> refuser;

    /// @param receiver told before what follows the header is passed on
    /// @param refuser told why there is no header, if something was sent
    public ProxyHeaderReader(Consumer<ProxyHeader> receiver, Consumer<ConnectionFailure> refuser) {
        this.receiver = receiver;
        this.refuser = refuser;
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) throws Exception {
        if (actualReadableBytes() > 0) {
            refuser.accept(ConnectionFailure.HEADER_CUT);
        }
        super.channelInactive(context);
    }

    @Override
    protected void decode(ChannelHandlerContext context, ByteBuf in, List<Object> out) {
        if (!in.isReadable()) {
            return;
        }
        boolean isBinary = in.getByte(in.readerIndex()) == SIGNATURE[0];
        if (!mayBe(in, isBinary ? SIGNATURE : "PROXY ".getBytes(StandardCharsets.ISO_8859_1))) {
            // What is shorter than any header is told of as a part of one, as HAProxy does.
            boolean isShort = in.readableBytes() < VERSION_2_HEAD;
            refuse(context, in, isShort ? ConnectionFailure.HEADER_CUT : ConnectionFailure.HEADER_UNKNOWN);
        } else if (isBinary) {
            readBinary(context, in);
        } else {
            readLine(context, in);
        }
    }

    private static boolean mayBe(ByteBuf in, byte[] start) {
        int count = Math.min(in.readableBytes(), start.length);
        for (int i = 0; i < count; i++) {
            if (in.getByte(in.readerIndex() + i) != start[i]) {
                return false;
            }
        }
        return true;
    }

    private void readLine(ChannelHandlerContext context, ByteBuf in) {
        int length = in.bytesBefore(Math.min(in.readableBytes(), LONGEST_LINE), (byte) '\n');
        if (length < 0) {
            if (in.readableBytes() >= LONGEST_LINE) {
                refuse(context, in, ConnectionFailure.HEADER_UNSOUND);
            }
            return;
        }
        String line = in.readCharSequence(length, StandardCharsets.ISO_8859_1).toString();
        in.skipBytes(1);
        ProxyHeader header = line.endsWith("\r") ? parse(line.substring(0, line.length() - 1)) : null;
        if (header == null) {
            refuse(context, in, ConnectionFailure.HEADER_UNSOUND);
        } else {
            accept(context, header);
        }
    }

    private static @Nullable ProxyHeader parse(String line) {
        if (line.equals("PROXY UNKNOWN") || line.startsWith("PROXY UNKNOWN ")) {
            return ProxyHeader.UNKNOWN;
        }
        String[] parts = line.split(" ", -1);
        boolean isIpv4 = parts.length == 6 && parts[1].equals("TCP4");
        if (parts.length != 6 || !(isIpv4 || parts[1].equals("TCP6"))) {
            return null;
        }
        Peer client = peer(parts[2], parts[4], isIpv4);
        Peer server = peer(parts[3], parts[5], isIpv4);
        return client == null || server == null ? null : ProxyHeader.of(client, server);
    }

    private static @Nullable Peer peer(String address, String port, boolean isIpv4) {
        boolean isLiteral = (isIpv4 ? IPV4 : IPV6).matcher(address).matches();
        if (!isLiteral || !PORT.matcher(port).matches() || Integer.parseInt(port) > 65535) {
            return null;
        }
        byte[] bytes = io.netty.util.NetUtil.createByteArrayFromIpAddressString(address);
        return bytes == null || bytes.length != (isIpv4 ? 4 : 16) ? null : Peer.of(bytes, Integer.parseInt(port));
    }

    private void readBinary(ChannelHandlerContext context, ByteBuf in) {
        if (in.readableBytes() < VERSION_2_HEAD) {
            return;
        }
        int start = in.readerIndex();
        int command = in.getUnsignedByte(start + 12);
        int family = in.getUnsignedByte(start + 13);
        int length = in.getUnsignedShort(start + 14);
        if ((command != 0x20 && command != 0x21) || length > LONGEST_VERSION_2) {
            refuse(context, in, ConnectionFailure.HEADER_UNSOUND);
            return;
        }
        if (in.readableBytes() < VERSION_2_HEAD + length) {
            return;
        }
        int addressLength = family == 0x11 ? 4 : family == 0x21 ? 16 : 0;
        if (length < 2 * addressLength + (addressLength == 0 ? 0 : 4)) {
            refuse(context, in, ConnectionFailure.HEADER_UNSOUND);
            return;
        }
        boolean isProxied = command == 0x21 && addressLength > 0;
        ProxyHeader header = isProxied ? addresses(in, start + VERSION_2_HEAD, addressLength) : ProxyHeader.UNKNOWN;
        in.skipBytes(VERSION_2_HEAD + length);
        accept(context, header);
    }

    private static ProxyHeader addresses(ByteBuf in, int at, int length) {
        byte[] client = new byte[length];
        byte[] server = new byte[length];
        in.getBytes(at, client);
        in.getBytes(at + length, server);
        int ports = at + 2 * length;
        return ProxyHeader.of(
                Peer.of(client, in.getUnsignedShort(ports)), Peer.of(server, in.getUnsignedShort(ports + 2)));
    }

    private void accept(ChannelHandlerContext context, ProxyHeader header) {
        receiver.accept(header);
        // What is left goes on to the next handler.
        context.pipeline().remove(this);
    }

    private void refuse(ChannelHandlerContext context, ByteBuf in, ConnectionFailure why) {
        refuser.accept(why);
        in.skipBytes(in.readableBytes());
        context.close();
    }
}
