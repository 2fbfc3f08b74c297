package dev.fairlead.engine.net;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.util.ReferenceCountUtil;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/// What connections would suffer from Netty's epoll alone.
@Timeout(120)
final class SafeEpollTest {
    @RegisterExtension
    final LoopAndListener net = new LoopAndListener(0);

    private final EventLoop loop = net.loop();

    @Test
    void whoReadsNothingWhileThePeerEndsItsSideCanReadAgain() throws Exception {
        Told told = new Told();
        Channel channel = connected(told, false);
        try (Socket peer = net.accept()) {
            peer.shutdownOutput();
            assertThat(told.next()).isEqualTo("input ended");
            channel.config().setAutoRead(true);
            loop.submit(() -> {}).get(60, TimeUnit.SECONDS);
            channel.config().setAutoRead(false);
            loop.submit(() -> channel.config().setAutoRead(true)).get(60, TimeUnit.SECONDS);
            channel.writeAndFlush(channel.alloc().buffer().writeByte('x')).sync();
            assertThat(peer.getInputStream().read()).isEqualTo('x');
            assertThat(told.all()).doesNotContain("failed", "closed");
        }
    }

    @Test
    void anEventOfAClosedConnectionDoesNotReachTheOneThatGotItsDescriptor() throws Exception {
        AtomicInteger reused = new AtomicInteger();
        for (int round = 0; round < 200 && reused.get() < 20; round++) {
            Told first = new Told();
            Told second = new Told();
            Told third = new Told();
            Channel closes = connected(first, true);
            Socket itsPeer = net.accept();
            Channel closed = connected(second, true);
            Socket theOther = net.accept();
            first.then = () -> {
                closed.close();
                Channel fresh = withDescriptor(descriptor(closed), third);
                reused.addAndGet(descriptor(fresh) == descriptor(closed) ? 1 : 0);
                loop.register(fresh);
                fresh.connect(net.address());
            };
            CountDownLatch go = new CountDownLatch(1);
            loop.execute(() -> awaits(go));
            itsPeer.getOutputStream().write('1');
            theOther.getOutputStream().write('2');
            theOther.close();
            go.countDown();
            try (Socket peer = net.accept()) {
                assertThat(third.next()).isEqualTo("open");
                loop.submit(() -> {}).get(60, TimeUnit.SECONDS);
                assertThat(third.all()).isEmpty();
                third.channel().config().setAutoRead(true);
                peer.getOutputStream().write('3');
                assertThat(third.next()).isEqualTo("3");
                peer.shutdownOutput();
                assertThat(third.next()).isEqualTo("input ended");
            } finally {
                third.channel().close().sync();
                closes.close().sync();
                itsPeer.close();
            }
        }
        assertThat(reused.get()).isEqualTo(20);
    }

    /// Other threads close and open files as well: a lower number may be free, and the wanted one may be taken.
    private static Channel withDescriptor(int wanted, Told told) {
        List<Channel> lower = new ArrayList<>();
        Channel found = channel(told, false);
        while (descriptor(found) < wanted) {
            lower.add(found);
            found = channel(told, false);
        }
        lower.forEach(channel -> channel.unsafe().closeForcibly());
        return found;
    }

    private static int descriptor(Channel channel) {
        return ((EpollSocketChannel) channel).fd().intValue();
    }

    private static void awaits(CountDownLatch latch) {
        try {
            latch.await(60, TimeUnit.SECONDS);
        } catch (InterruptedException late) {
            Thread.currentThread().interrupt();
        }
    }

    private Channel connected(Told told, boolean reads) throws Exception {
        Channel channel = channel(told, reads);
        net.connect(channel);
        assertThat(told.next()).isEqualTo("open");
        return channel;
    }

    private static Channel channel(Told told, boolean reads) {
        Channel channel = new EpollSocketChannel();
        channel.config().setAutoRead(reads);
        channel.config().setOption(ChannelOption.ALLOW_HALF_CLOSURE, true);
        channel.pipeline().addLast(told);
        return channel;
    }

    /// What a connection was told, in order.
    private static final class Told extends ChannelInboundHandlerAdapter {
        private final BlockingQueue<String> events = new LinkedBlockingQueue<>();
        private final CompletableFuture<Channel> channel = new CompletableFuture<>();
        private volatile Runnable then = () -> {};

        String next() throws InterruptedException {
            return events.poll(60, TimeUnit.SECONDS);
        }

        BlockingQueue<String> all() {
            return events;
        }

        Channel channel() {
            return channel.join();
        }

        @Override
        public void channelActive(ChannelHandlerContext active) {
            channel.complete(active.channel());
            events.add("open");
        }

        @Override
        public void channelRead(ChannelHandlerContext context, Object message) {
            events.add(((ByteBuf) message).toString(StandardCharsets.US_ASCII));
            ReferenceCountUtil.release(message);
            then.run();
        }

        @Override
        public void userEventTriggered(ChannelHandlerContext context, Object event) {
            if (event == ChannelInputShutdownEvent.INSTANCE) {
                events.add("input ended");
            }
        }

        @Override
        public void channelInactive(ChannelHandlerContext context) {
            events.add("closed");
        }

        @Override
        public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
            events.add("failed");
        }
    }
}
