package dev.fairlead.engine.stream;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOption;
import io.netty.channel.socket.DuplexChannel;
import io.netty.handler.ssl.SslHandler;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/// Ways to end one side of a relay.
final class Farewell {
    private Farewell() {}

    /// Nothing more is sent; what comes is still read.
    ///
    /// @param tls null without TLS
    static void endOutput(Channel channel, @Nullable SslHandler tls) {
        channel.writeAndFlush(Unpooled.EMPTY_BUFFER).addListener(sent -> {
            if (tls != null) {
                tls.closeOutbound();
            } else if (channel instanceof DuplexChannel duplex) {
                duplex.shutdownOutput();
            }
        });
    }

    /// Closed behind a text.
    ///
    /// @return how many bytes it has
    static int say(ChannelHandlerContext context, String text) {
        ByteBuf bytes = context.alloc().buffer(text.length());
        bytes.writeCharSequence(text, StandardCharsets.ISO_8859_1);
        int count = bytes.readableBytes();
        context.writeAndFlush(bytes).addListener(ChannelFutureListener.CLOSE);
        return count;
    }

    /// Closed once all that was written is sent.
    static void closeBehind(Channel channel) {
        channel.writeAndFlush(Unpooled.EMPTY_BUFFER).addListener(sent -> channel.close());
    }

    /// Closed at once.
    ///
    /// @param byReset whether the other side is to notice that this is no orderly end
    static void close(Channel channel, boolean byReset) {
        if (byReset && channel.isActive()) {
            channel.config().setOption(ChannelOption.SO_LINGER, 0);
        }
        channel.close();
    }
}
