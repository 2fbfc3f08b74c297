package dev.fairlead.bench.load;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.ByteToMessageDecoder;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Base64;

/// One connection of [Upstream].
final class UpstreamHandler extends ChannelInboundHandlerAdapter {
    /// RFC 6455, section 1.3.
    private static final String ACCEPT = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";

    private final HttpReader reader = new HttpReader(true);
    private final ByteBuf answer;
    private boolean isUpgraded;
    /// Of frames; what is not a whole one yet waits for more.
    private ByteBuf rest = Unpooled.EMPTY_BUFFER;

    /// @param answer shared by all connections, never released
    UpstreamHandler(ByteBuf answer) {
        this.answer = answer;
    }

    /// The bytes of an answer with a body of that length.
    static ByteBuf answer(int bodyBytes) {
        byte[] head = ("HTTP/1.1 200 OK\r\nContent-Type: application/octet-stream\r\nContent-Length: " + bodyBytes
                        + "\r\n\r\n")
                .getBytes(StandardCharsets.ISO_8859_1);
        byte[] whole = Arrays.copyOf(head, head.length + bodyBytes);
        Arrays.fill(whole, head.length, whole.length, (byte) 'x');
        return FixedBytes.of(whole);
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        ByteBuf in = (ByteBuf) message;
        while (!isUpgraded && in.isReadable() && reader.read(in)) {
            answer(context);
        }
        if (!isUpgraded) {
            in.release();
            return;
        }
        rest = ByteToMessageDecoder.MERGE_CUMULATOR.cumulate(context.alloc(), rest, in);
        while (echoFrame(context, rest)) {
            // On to the next.
        }
    }

    private void answer(ChannelHandlerContext context) {
        if (!reader.wrong().isEmpty()) {
            context.close();
            return;
        }
        String key = reader.field("sec-websocket-key");
        if (!key.isEmpty()) {
            isUpgraded = true;
            String text = "HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n"
                    + "Sec-WebSocket-Accept: " + accept(key) + "\r\n\r\n";
            context.write(Unpooled.copiedBuffer(text, StandardCharsets.ISO_8859_1), context.voidPromise());
        } else if (reader.persists()) {
            context.write(answer.duplicate(), context.voidPromise());
        } else {
            context.writeAndFlush(answer.duplicate()).addListener(ChannelFutureListener.CLOSE);
        }
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext context) {
        context.flush();
    }

    private static String accept(String key) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-1");
            return Base64.getEncoder()
                    .encodeToString(digest.digest((key + ACCEPT).getBytes(StandardCharsets.ISO_8859_1)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    /// @return whether there was a whole frame
    private static boolean echoFrame(ChannelHandlerContext context, ByteBuf in) {
        int start = in.readerIndex();
        int available = in.readableBytes();
        if (available < 2) {
            return false;
        }
        int small = in.getByte(start + 1) & 0x7f;
        int lengthBytes = small == 126 ? 2 : small == 127 ? 8 : 0;
        int head = 2 + lengthBytes + 4;
        if (available < head) {
            return false;
        }
        int length = small == 126 ? in.getUnsignedShort(start + 2) : small == 127 ? (int) in.getLong(start + 2) : small;
        if (available < head + length) {
            return false;
        }
        int kind = in.getByte(start) & 0x0f;
        ByteBuf out = context.alloc().buffer(length + 10);
        Frames.writeHead(out, length, false);
        out.setByte(0, 0x80 | kind);
        unmask(in, start + head, length, out);
        in.skipBytes(head + length);
        context.write(out, context.voidPromise());
        return true;
    }

    private static void unmask(ByteBuf in, int from, int length, ByteBuf out) {
        int mask = in.getInt(from - 4);
        int whole = length & ~3;
        for (int i = 0; i < whole; i += 4) {
            out.writeInt(in.getInt(from + i) ^ mask);
        }
        for (int i = whole; i < length; i++) {
            out.writeByte(in.getByte(from + i) ^ in.getByte(from - 4 + (i & 3)));
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        rest.release();
        rest = Unpooled.EMPTY_BUFFER;
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        context.close();
    }
}
