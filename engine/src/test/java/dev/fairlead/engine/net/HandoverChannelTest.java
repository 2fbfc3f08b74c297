package dev.fairlead.engine.net;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairlead.engine.handler.LeakWatch;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.DefaultFileRegion;
import io.netty.channel.EventLoop;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.channel.socket.DuplexChannel;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.ValueSource;

/// Every step is taken on the event loop; between two steps the loop does what is due. Whether what is written
/// goes through the queue or past it, the other end sees the same.
@ParameterizedClass
@ValueSource(booleans = {false, true})
@ExtendWith(LeakWatch.class)
class HandoverChannelTest {
    private static final Loops LOOPS = Loops.start(1);
    private static final EventLoop LOOP = LOOPS.all().getFirst();
    private static final int WINDOW = 256 << 10;

    private final Heard near = new Heard();
    private final Heard far = new Heard();
    private boolean listens = true;

    @Parameter
    private boolean isPastTheQueue;

    private Channel dialling = connected();

    @TempDir
    Path folder;

    @AfterAll
    static void end() {
        LOOPS.close();
    }

    /// Takes down what happens at one end.
    private static final class Heard extends ChannelInboundHandlerAdapter {
        private final StringBuilder text = new StringBuilder();
        private final List<String> events = new ArrayList<>();
        private final List<Integer> sizes = new ArrayList<>();

        @SuppressWarnings("NullAway.Init") // added to a pipeline before anything else
        private ChannelHandlerContext context;

        private boolean isWriting;
        private boolean isPastTheQueue;

        @Override
        public void handlerAdded(ChannelHandlerContext added) {
            context = added;
        }

        Channel channel() {
            return context.channel();
        }

        @Override
        public void channelActive(ChannelHandlerContext active) {
            events.add("active");
        }

        @Override
        public void channelRead(ChannelHandlerContext reading, Object message) {
            ByteBuf data = (ByteBuf) message;
            assertThat(isWriting).as("read inside a write").isFalse();
            sizes.add(data.readableBytes());
            text.append(data.toString(StandardCharsets.ISO_8859_1));
            data.release();
        }

        @Override
        public void channelReadComplete(ChannelHandlerContext reading) {
            events.add("read");
        }

        @Override
        public void channelWritabilityChanged(ChannelHandlerContext changed) {
            events.add(changed.channel().isWritable() ? "writable" : "full");
        }

        @Override
        public void userEventTriggered(ChannelHandlerContext told, Object event) {
            if (event == ChannelInputShutdownEvent.INSTANCE) {
                events.add("end of input");
            }
        }

        @Override
        public void exceptionCaught(ChannelHandlerContext failed, Throwable cause) {
            events.add(String.valueOf(cause.getMessage()));
        }

        @Override
        public void channelInactive(ChannelHandlerContext inactive) {
            events.add("closed");
        }

        void write(String data) {
            isWriting = true;
            ByteBuf bytes = Unpooled.copiedBuffer(data, StandardCharsets.ISO_8859_1);
            if (isPastTheQueue) {
                StraightSend.send(context, bytes);
            } else {
                channel().writeAndFlush(bytes);
            }
            isWriting = false;
        }
    }

    private static <T> T onLoop(Callable<T> step) {
        try {
            return LOOP.submit(step).get(60, TimeUnit.SECONDS);
        } catch (InterruptedException | ExecutionException | TimeoutException failed) {
            throw new AssertionError(failed);
        }
    }

    /// What is due is done; what that makes due, too.
    private static void settle() {
        for (int i = 0; i < 20; i++) {
            onLoop(() -> true);
        }
    }

    private void step(Runnable step) {
        onLoop(() -> {
            step.run();
            return true;
        });
        settle();
    }

    private Receiver receiver() {
        ChannelInitializer<Channel> setup = new ChannelInitializer<>() {
            @Override
            protected void initChannel(Channel channel) {
                channel.pipeline().addLast(far);
            }
        };
        return Receiver.tcp(InetAddress.getLoopbackAddress(), 5000, false, setup, () -> listens);
    }

    private ChannelFuture dial(Heard end) {
        return onLoop(() -> {
            InetSocketAddress to = new InetSocketAddress(InetAddress.getLoopbackAddress(), 80);
            Channel channel = receiver().dial(to);
            channel.pipeline().addLast(end);
            LOOP.register(channel);
            return channel.connect(to);
        });
    }

    private Channel connected() {
        return dial(near).channel();
    }

    @BeforeEach
    void isConnected() {
        near.isPastTheQueue = isPastTheQueue;
        far.isPastTheQueue = isPastTheQueue;
        settle();
        assertThat(near.events).containsExactly("active");
        assertThat(far.events).containsExactly("active");
    }

    @Test
    void whatOneEndWritesTheOtherReads() {
        step(() -> near.write("hello"));
        step(() -> far.write("hello yourself"));
        assertThat(far.text).hasToString("hello");
        assertThat(near.text).hasToString("hello yourself");
        assertThat(far.events).containsExactly("active", "read");
    }

    @Test
    void bothEndsKnowWhereTheyAre() {
        InetSocketAddress visitor = (InetSocketAddress) far.channel().remoteAddress();
        assertThat(far.channel().localAddress())
                .isEqualTo(new InetSocketAddress(InetAddress.getLoopbackAddress(), 5000));
        assertThat(visitor.getAddress().isLoopbackAddress()).isTrue();
        assertThat(visitor.getPort()).isBetween(49152, 65535);
        assertThat(dialling.localAddress()).isEqualTo(visitor);
        assertThat(dialling.remoteAddress()).isEqualTo(new InetSocketAddress(InetAddress.getLoopbackAddress(), 80));
    }

    @Test
    void theWindowFillsAndWritabilityTellsSo() {
        step(() -> {
            far.channel().config().setAutoRead(false);
            for (int i = 0; i < 40; i++) {
                near.write("x".repeat(10_000));
            }
        });
        assertThat(far.text).isEmpty();
        assertThat(near.events).containsExactly("active", "full");
        long waiting = dialling.unsafe().outboundBuffer().totalPendingWriteBytes();
        assertThat(waiting).isBetween(400_000L - WINDOW - 20_000, 400_000L - WINDOW + 20_000);
        step(() -> far.channel().config().setAutoRead(true));
        assertThat(far.text).hasSize(400_000);
        assertThat(near.events).containsExactly("active", "full", "writable");
    }

    @Test
    void largeBuffersComeInPieces() {
        step(() -> near.write("abcdefgh".repeat(25_000)));
        assertThat(far.text).hasToString("abcdefgh".repeat(25_000));
        assertThat(far.sizes).allMatch(size -> size <= 65_536);
    }

    @Test
    void oneReadIsOneReadWithoutAutoRead() {
        step(() -> {
            far.channel().config().setAutoRead(false);
            near.write("one");
            near.write("two");
        });
        assertThat(far.text).isEmpty();
        step(() -> far.channel().read());
        assertThat(far.text).hasToString("one");
        step(() -> far.channel().read());
        assertThat(far.text).hasToString("onetwo");
    }

    @Test
    void filesAreReadOnTheWay() throws IOException {
        Path file = folder.resolve("file");
        Files.writeString(file, "0123456789".repeat(100_000));
        step(() -> {
            try {
                dialling.writeAndFlush(new DefaultFileRegion(FileChannel.open(file), 3, 999_990));
            } catch (IOException failed) {
                throw new AssertionError(failed);
            }
        });
        assertThat(far.text).hasToString("0123456789".repeat(100_000).substring(3, 999_993));
    }

    @Test
    void aFileThatBecameShorterEndsTheConnection() throws IOException {
        Path file = folder.resolve("file");
        Files.writeString(file, "0123456789");
        step(() -> {
            try {
                dialling.writeAndFlush(new DefaultFileRegion(FileChannel.open(file), 0, 100_000));
            } catch (IOException failed) {
                throw new AssertionError(failed);
            }
        });
        assertThat(dialling.isOpen()).isFalse();
        assertThat(far.events).contains("end of input");
    }

    @Test
    void halfOfItCanBeClosed() {
        step(() -> {
            near.write("all I had to say");
            ((DuplexChannel) dialling).shutdownOutput();
        });
        assertThat(far.text).hasToString("all I had to say");
        assertThat(far.events).containsExactly("active", "read", "end of input");
        step(() -> far.write("understood"));
        assertThat(near.text).hasToString("understood");
        step(() -> far.channel().close());
        assertThat(near.events).endsWith("closed");
    }

    @Test
    void whoClosesEndsWhoKnowsNoHalves() {
        step(() -> {
            far.write("bye");
            far.channel().close();
        });
        assertThat(near.text).hasToString("bye");
        assertThat(near.events).containsExactly("active", "read", "closed");
    }

    @Test
    void theEndIsToldToWhoHasPaused() {
        step(() -> dialling.config().setAutoRead(false));
        step(() -> {
            far.write("last words");
            far.channel().close();
        });
        assertThat(near.text).hasToString("last words");
        assertThat(near.events).endsWith("closed");
    }

    @Test
    void closingWithoutHavingReadEverythingResets() {
        step(() -> far.channel().config().setAutoRead(false));
        step(() -> near.write("nobody reads this"));
        step(() -> far.channel().close());
        assertThat(near.events).containsExactly("active", "Connection reset by peer", "closed");
    }

    @Test
    void abortingResets() {
        step(() -> {
            far.write("half an answ");
            far.channel().config().setOption(ChannelOption.SO_LINGER, 0);
            far.channel().close();
        });
        assertThat(near.text).hasToString("half an answ");
        assertThat(near.events).containsExactly("active", "read", "Connection reset by peer", "closed");
    }

    @Test
    void whatIsWrittenToAClosedEndIsLostAndAnsweredByAReset() {
        step(() -> dialling.config().setOption(ChannelOption.ALLOW_HALF_CLOSURE, true));
        step(() -> far.channel().close());
        assertThat(near.events).containsExactly("active", "end of input");
        step(() -> near.write("too late"));
        assertThat(near.events).containsExactly("active", "end of input", "Connection reset by peer");
        step(() -> dialling.close());
        assertThat(near.events).endsWith("closed");
    }

    @Test
    void closingDropsWhatWaits() {
        step(() -> {
            far.channel().config().setAutoRead(false);
            near.write("y".repeat(1_000_000));
        });
        step(() -> dialling.close());
        assertThat(far.text).hasSizeBetween(WINDOW - 1, WINDOW + 65_536);
        assertThat(far.events).endsWith("end of input");
        step(() -> far.channel().close());
    }

    @Test
    void aListenerThatIsGoneRefuses() {
        listens = false;
        ChannelFuture refused = dial(new Heard());
        settle();
        assertThat(refused.cause()).hasMessageContaining("refused");
        assertThat(far.events).containsExactly("active");
    }

    @Test
    void twoEndsThatEchoEachOtherNeedNoDeepStack() {
        int[] turns = {0};
        ChannelInboundHandlerAdapter echo = new ChannelInboundHandlerAdapter() {
            @Override
            public void channelRead(ChannelHandlerContext context, Object message) {
                if (turns[0]++ < 100_000) {
                    context.writeAndFlush(message);
                } else {
                    ((ByteBuf) message).release();
                }
            }
        };
        step(() -> {
            dialling.pipeline().addFirst(echo);
            far.channel().pipeline().addFirst(new ChannelInboundHandlerAdapter() {
                @Override
                public void channelRead(ChannelHandlerContext context, Object message) {
                    context.writeAndFlush(message);
                }
            });
            near.write("ball");
        });
        long end = System.nanoTime() + 20_000_000_000L;
        while (onLoop(() -> turns[0]) < 100_000 && System.nanoTime() < end) {
            settle();
        }
        assertThat(onLoop(() -> turns[0])).isGreaterThanOrEqualTo(100_000);
    }
}
