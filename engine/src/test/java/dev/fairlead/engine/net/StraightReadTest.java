package dev.fairlead.engine.net;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/// Whoever reads straight is told what Netty would tell, in the same order.
@Timeout(120)
final class StraightReadTest {
    @RegisterExtension
    final LoopAndListener net = new LoopAndListener(0);

    private final EventLoop loop = net.loop();
    private final Listening last = new Listening();

    @Test
    void bytesComePastThePipelineAndThenTheEndThroughIt() throws Exception {
        Channel channel = connected(true);
        try (Socket peer = net.accept()) {
            say(peer, "hello");
            assertThat(last.next()).isEqualTo("hello");
            assertThat(last.next()).isEqualTo("complete");
            // Nothing was told to Netty, which would have called the handler through its head.
            assertThat(last.wasStraight).isTrue();
            peer.shutdownOutput();
            assertThat(last.next("complete")).isEqualTo("input ended");
            channel.writeAndFlush(Unpooled.copiedBuffer("bye", StandardCharsets.US_ASCII))
                    .sync();
            assertThat(peer.getInputStream().readNBytes(3)).asString().isEqualTo("bye");
        }
    }

    @Test
    void whoseReadingIsOffIsToldWhenItIsOnAgain() throws Exception {
        Channel channel = connected(true);
        try (Socket peer = net.accept()) {
            say(peer, "1");
            assertThat(last.next()).isEqualTo("1");
            loop.submit(() -> channel.config().setAutoRead(false)).get(60, TimeUnit.SECONDS);
            say(peer, "2");
            loop.submit(() -> {}).get(60, TimeUnit.SECONDS);
            assertThat(last.next()).isEqualTo("complete");
            assertThat(last.told).isEmpty();
            loop.submit(() -> channel.config().setAutoRead(true)).get(60, TimeUnit.SECONDS);
            assertThat(last.next()).isEqualTo("2");
        }
    }

    @Test
    void muchComesWholeAndInOrder() throws Exception {
        connected(true);
        try (Socket peer = net.accept()) {
            byte[] much = new byte[3 << 20];
            for (int i = 0; i < much.length; i++) {
                much[i] = (byte) ('a' + i % 23);
            }
            Thread sending = Thread.ofVirtual().start(() -> write(peer, much));
            StringBuilder all = new StringBuilder(much.length);
            while (all.length() < much.length) {
                String told = last.next();
                all.append("complete".equals(told) ? "" : told);
            }
            sending.join();
            assertThat(all.toString()).isEqualTo(new String(much, StandardCharsets.US_ASCII));
        }
    }

    @Test
    void aResetClosesTheConnectionOnce() throws Exception {
        Channel channel = connected(true);
        try (Socket peer = net.accept()) {
            say(peer, "x");
            assertThat(last.next()).isEqualTo("x");
            peer.setSoLinger(true, 0);
        }
        channel.closeFuture().sync();
        assertThat(last.next("complete")).isEqualTo("failed");
        assertThat(last.next("complete")).isEqualTo("closed");
    }

    @Test
    void aHandlerBeforeTheLastSeesWhatComes() throws Exception {
        Channel channel = connected(false);
        try (Socket peer = net.accept()) {
            loop.submit(() -> {
                        channel.pipeline().addFirst(new ChannelInboundHandlerAdapter() {
                            @Override
                            public void channelRead(ChannelHandlerContext context, Object message) {
                                ((ByteBuf) message).setByte(0, 'y');
                                context.fireChannelRead(message);
                            }
                        });
                        StraightRead.begin(channel.pipeline().context(last));
                    })
                    .get(60, TimeUnit.SECONDS);
            say(peer, "x");
            assertThat(last.next()).isEqualTo("y");
            assertThat(last.wasStraight).isFalse();
        }
    }

    private static void say(Socket peer, String text) throws IOException {
        peer.getOutputStream().write(text.getBytes(StandardCharsets.US_ASCII));
    }

    private static void write(Socket peer, byte[] all) {
        try {
            peer.getOutputStream().write(all);
        } catch (IOException broken) {
            throw new java.io.UncheckedIOException(broken);
        }
    }

    private Channel connected(boolean isStraight) throws Exception {
        EpollSocketChannel channel = new EpollSocketChannel();
        channel.config().setOption(ChannelOption.ALLOW_HALF_CLOSURE, true);
        channel.pipeline().addLast(last);
        net.connect(channel);
        if (isStraight) {
            loop.submit(() -> StraightRead.begin(channel.pipeline().context(last)))
                    .get(60, TimeUnit.SECONDS);
        }
        return channel;
    }

    /// Notes what it is told.
    private static final class Listening extends ChannelInboundHandlerAdapter {
        private final BlockingQueue<String> told = new LinkedBlockingQueue<>();
        private volatile boolean wasStraight;

        String next() throws InterruptedException {
            String next = told.poll(60, TimeUnit.SECONDS);
            return next == null ? "nothing" : next;
        }

        String next(String besides) throws InterruptedException {
            String next = next();
            while (next.equals(besides)) {
                next = next();
            }
            return next;
        }

        @Override
        public void channelRead(ChannelHandlerContext context, Object message) {
            ByteBuf data = (ByteBuf) message;
            wasStraight = StackWalker.getInstance()
                    .walk(frames ->
                            frames.anyMatch(frame -> frame.getClassName().equals(StraightRead.class.getName())));
            told.add(data.toString(StandardCharsets.US_ASCII));
            data.release();
        }

        @Override
        public void channelReadComplete(ChannelHandlerContext context) {
            told.add("complete");
        }

        @Override
        public void userEventTriggered(ChannelHandlerContext context, Object event) {
            if (event == ChannelInputShutdownEvent.INSTANCE) {
                told.add("input ended");
            }
        }

        @Override
        public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
            told.add("failed");
            context.close();
        }

        @Override
        public void channelInactive(ChannelHandlerContext context) {
            told.add("closed");
        }
    }
}
