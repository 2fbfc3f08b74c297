package dev.fairlead.engine.net;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOutboundHandlerAdapter;
import io.netty.channel.ChannelPromise;
import io.netty.channel.EventLoop;
import io.netty.channel.epoll.EpollSocketChannel;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/// Nothing is lost, doubled or overtaken, whichever way it goes.
@Timeout(120)
final class StraightSendTest {
    private static final int LARGE = 1 << 20;
    private static final int SOCKET_BUFFER = 64 << 10;

    @RegisterExtension
    final LoopAndListener net = new LoopAndListener(SOCKET_BUFFER);

    private final EventLoop loop = net.loop();
    private final ChannelInboundHandlerAdapter last = new ChannelInboundHandlerAdapter();

    @Test
    void bytesArriveAndTheBufferIsReleased() throws Exception {
        Channel channel = connected();
        try (Socket peer = net.accept()) {
            ByteBuf data = direct("hello");
            send(channel, data);
            assertThat(peer.getInputStream().readNBytes(5))
                    .asString(StandardCharsets.US_ASCII)
                    .isEqualTo("hello");
            assertThat(data.refCnt()).isZero();
        }
    }

    @Test
    void whatWaitsInTheQueueGoesFirst() throws Exception {
        Channel channel = connected();
        try (Socket peer = net.accept()) {
            loop.submit(() -> {
                        channel.write(direct("one "));
                        StraightSend.send(context(channel), direct("two"));
                    })
                    .get(60, TimeUnit.SECONDS);
            assertThat(peer.getInputStream().readNBytes(7))
                    .asString(StandardCharsets.US_ASCII)
                    .isEqualTo("one two");
        }
    }

    @Test
    void whatTheKernelDoesNotTakeFollowsWhenItDoes() throws Exception {
        Channel channel = connected();
        try (Socket peer = net.accept()) {
            ByteBuf large = Unpooled.directBuffer(LARGE);
            for (int i = 0; i < LARGE / Integer.BYTES; i++) {
                large.writeInt(i);
            }
            send(channel, large);
            send(channel, direct("end"));
            ByteBuf received = Unpooled.wrappedBuffer(peer.getInputStream().readNBytes(LARGE + 3));
            for (int i = 0; i < LARGE / Integer.BYTES; i++) {
                if (received.readInt() != i) {
                    throw new AssertionError("differs at " + i);
                }
            }
            assertThat(received.toString(StandardCharsets.US_ASCII)).isEqualTo("end");
        }
    }

    @Test
    void aHandlerBeforeTheSocketSeesWhatIsSent() throws Exception {
        Channel channel = connected();
        AtomicInteger seen = new AtomicInteger();
        try (Socket peer = net.accept()) {
            loop.submit(() -> channel.pipeline().addFirst(new ChannelOutboundHandlerAdapter() {
                        @Override
                        public void write(ChannelHandlerContext context, Object message, ChannelPromise promise) {
                            seen.incrementAndGet();
                            context.write(message, promise);
                        }
                    }))
                    .get(60, TimeUnit.SECONDS);
            send(channel, direct("x"));
            assertThat(peer.getInputStream().read()).isEqualTo('x');
            assertThat(seen).hasValue(1);
        }
    }

    @Test
    void toAClosedConnectionNothingIsSentAndTheBufferIsReleased() throws Exception {
        Channel channel = connected();
        try (Socket peer = net.accept()) {
            ChannelHandlerContext context = context(channel);
            channel.close().sync();
            ByteBuf data = direct("late");
            loop.submit(() -> StraightSend.send(context, data)).get(60, TimeUnit.SECONDS);
            assertThat(data.refCnt()).isZero();
            assertThat(peer.getInputStream().read()).isEqualTo(-1);
        }
    }

    private void send(Channel channel, ByteBuf data) throws Exception {
        loop.submit(() -> StraightSend.send(context(channel), data)).get(60, TimeUnit.SECONDS);
    }

    private ChannelHandlerContext context(Channel channel) {
        return channel.pipeline().context(last);
    }

    private Channel connected() throws Exception {
        EpollSocketChannel channel = new EpollSocketChannel();
        channel.config().setSendBufferSize(SOCKET_BUFFER);
        channel.pipeline().addLast(last);
        net.connect(channel);
        return channel;
    }

    private static ByteBuf direct(String text) {
        ByteBuf data = Unpooled.directBuffer(text.length());
        data.writeCharSequence(text, StandardCharsets.US_ASCII);
        return data;
    }
}
