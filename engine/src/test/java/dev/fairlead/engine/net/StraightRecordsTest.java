package dev.fairlead.engine.net;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.EventLoop;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.handler.ssl.SslHandler;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/// Records go out once and in order, and who wrote them is told, whichever way they go.
@Timeout(120)
final class StraightRecordsTest {
    private static final int LARGE = 4 << 20;
    private static final int SOCKET_BUFFER = 64 << 10;

    @RegisterExtension
    final LoopAndListener net = new LoopAndListener(SOCKET_BUFFER);

    private final EventLoop loop = net.loop();
    private Socket peer;
    private Channel channel;

    @BeforeEach
    void connect() throws Exception {
        channel = new EpollSocketChannel();
        channel.config().setAutoRead(false);
        SslHandler tls = new SslHandler(SSLContext.getDefault().createSSLEngine());
        channel.pipeline().addLast(new StraightRecords(tls), new ChannelInboundHandlerAdapter());
        net.connect(channel);
        peer = net.accept();
    }

    @AfterEach
    void close() throws IOException {
        if (peer != null) {
            peer.close();
        }
    }

    @Test
    void aRecordIsSentWhenItIsFlushed() throws Exception {
        ByteBuf data = text("hello");
        ChannelFuture written = onLoop(() -> channel.write(data));
        assertThat(written.isDone()).isFalse();
        assertThat(peer.getInputStream().available()).isZero();
        onLoop(() -> channel.flush());
        assertThat(received(5)).isEqualTo("hello");
        assertThat(written.sync().isSuccess()).isTrue();
        assertThat(data.refCnt()).isZero();
    }

    @Test
    void severalGoInOrder() throws Exception {
        List<ChannelFuture> written = onLoop(() -> {
            List<ChannelFuture> all = new ArrayList<>();
            for (int i = 0; i < 10; i++) {
                all.add(channel.write(text(Integer.toString(i))));
            }
            channel.flush();
            all.add(channel.writeAndFlush(text("end")));
            return all;
        });
        assertThat(received(13)).isEqualTo("0123456789end");
        for (ChannelFuture each : written) {
            assertThat(each.sync().isSuccess()).isTrue();
        }
    }

    @Test
    void whatTheKernelDoesNotTakeFollows() throws Exception {
        ChannelFuture large = onLoop(() -> channel.writeAndFlush(text("x".repeat(LARGE))));
        ChannelFuture last = onLoop(() -> channel.writeAndFlush(text("end")));
        assertThat(large.isDone()).isFalse();
        assertThat(received(LARGE + 3)).endsWith("xxend").hasSize(LARGE + 3);
        assertThat(last.sync().isSuccess()).isTrue();
    }

    @Test
    void nothingIsLostWhenTheConnectionIsClosedBehindIt() throws Exception {
        ChannelFuture written = onLoop(() -> {
            ChannelFuture unflushed = channel.write(text("never flushed"));
            channel.writeAndFlush(text(""));
            channel.close();
            return unflushed;
        });
        assertThat(received(13)).isEqualTo("never flushed");
        assertThat(written.sync().isSuccess()).isTrue();
        assertThat(peer.getInputStream().read()).isEqualTo(-1);
    }

    @Test
    void whatIsClosedWithoutAFlushIsReleasedAndFails() throws Exception {
        ByteBuf data = text("unflushed");
        ChannelFuture written = onLoop(() -> {
            ChannelFuture unflushed = channel.write(data);
            channel.close();
            return unflushed;
        });
        assertThat(written.await(60, TimeUnit.SECONDS)).isTrue();
        assertThat(written.isSuccess()).isFalse();
        assertThat(data.refCnt()).isZero();
    }

    @Test
    void whoIsTakenOutLeavesWhatItHad() throws Exception {
        onLoop(() -> {
            channel.write(text("here"));
            channel.pipeline().remove(StraightRecords.class);
            return channel.flush();
        });
        assertThat(received(4)).isEqualTo("here");
    }

    private <T> T onLoop(Callable<T> step) throws Exception {
        return loop.submit(step).get(60, TimeUnit.SECONDS);
    }

    private String received(int count) throws IOException {
        peer.setSoTimeout(60_000);
        return new String(peer.getInputStream().readNBytes(count), StandardCharsets.US_ASCII);
    }

    private static ByteBuf text(String text) {
        return Unpooled.directBuffer(Math.max(1, text.length())).writeBytes(text.getBytes(StandardCharsets.US_ASCII));
    }
}
