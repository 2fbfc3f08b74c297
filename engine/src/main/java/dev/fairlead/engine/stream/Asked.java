package dev.fairlead.engine.stream;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.ByteToMessageDecoder;
import java.util.List;

/// Waits until a client of PostgreSQL asks for TLS, tells it yes, and gives way to TLS. Whoever asks for anything
/// else is refused: what it would send next is not meant for everybody to read.
final class Asked extends ByteToMessageDecoder {
    private static final int LENGTH = 8;
    private static final int CODE = 80_877_103;

    private final StreamSession session;
    private final Runnable then;

    /// @param then makes ready for TLS
    Asked(StreamSession session, Runnable then) {
        this.session = session;
        this.then = then;
    }

    @Override
    protected void decode(ChannelHandlerContext context, ByteBuf in, List<Object> out) {
        if (in.readableBytes() < LENGTH) {
            return;
        }
        boolean asks = in.readInt() == LENGTH && in.readInt() == CODE && !in.isReadable();
        if (asks) {
            context.writeAndFlush(Unpooled.wrappedBuffer(new byte[] {'S'}));
            then.run();
            context.pipeline().remove(this);
        } else {
            in.skipBytes(in.readableBytes());
            context.pipeline().remove(this);
            session.unreadable("client did not ask for TLS");
        }
    }
}
