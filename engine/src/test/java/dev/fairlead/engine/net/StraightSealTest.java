package dev.fairlead.engine.net;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairlead.engine.generation.Certificates;
import dev.fairlead.testkit.AnyCertificate;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelPromise;
import io.netty.channel.EventLoop;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslHandler;
import io.netty.handler.ssl.SslProvider;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What is sealed past Netty's handler for TLS is what its records would say, and in order with them.
@Timeout(120)
@SuppressWarnings("NullAway.Init") // Each test begins with connect().
final class StraightSealTest {
    private static final int SOCKET_BUFFER = 64 << 10;

    @TempDir
    Path folder;

    @RegisterExtension
    final LoopAndListener net = new LoopAndListener(SOCKET_BUFFER);

    private final EventLoop loop = net.loop();
    private final AtomicInteger written = new AtomicInteger();
    private final ChannelInboundHandlerAdapter last = new ChannelInboundHandlerAdapter();
    private SSLSocket peer;
    private Channel channel;
    private SslHandler tls;

    @AfterEach
    void close() throws IOException {
        if (peer != null) {
            peer.close();
        }
    }

    /// We are the server; the other side is the JDK's TLS.
    private void connect(String protocol) throws Exception {
        new Certificates(folder).selfSigned("localhost", "ec", "-pkeyopt", "ec_paramgen_curve:P-256");
        SslContext context = SslContextBuilder.forServer(
                        folder.resolve("localhost.pem").toFile(),
                        folder.resolve("localhost.key").toFile())
                .sslProvider(SslProvider.OPENSSL)
                .protocols(protocol)
                .build();
        tls = new CountingTls(context.newEngine(LoopAllocator.INSTANCE), written);
        channel = new EpollSocketChannel();
        channel.pipeline().addLast(new StraightRecords(tls), tls, last);
        net.connect(channel);
        peer = (SSLSocket) AnyCertificate.context().getSocketFactory().createSocket(net.accept(), "localhost", 0, true);
        peer.setSoTimeout(60_000);
        peer.startHandshake();
        tls.handshakeFuture().sync();
    }

    /// Counts what the handler was given to write.
    private static final class CountingTls extends SslHandler {
        private final AtomicInteger written;

        CountingTls(SSLEngine engine, AtomicInteger written) {
            super(engine);
            this.written = written;
        }

        @Override
        public void write(ChannelHandlerContext context, Object message, ChannelPromise promise) throws Exception {
            written.incrementAndGet();
            super.write(context, message, promise);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
    void aRecordGoesPastTheHandler(String protocol) throws Exception {
        connect(protocol);
        // TLS 1.3 has its tickets to send first, which is the handler's business.
        send(direct("first"));
        assertThat(received(5)).isEqualTo("first");
        written.set(0);
        for (String text : new String[] {"hello", "x".repeat(16 << 10), "!"}) {
            ByteBuf data = direct(text);
            send(data);
            assertThat(received(text.length())).isEqualTo(text);
            assertThat(data.refCnt()).isZero();
        }
        assertThat(written).hasValue(0);
    }

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
    void whatWaitsForTheHandlerGoesFirst(String protocol) throws Exception {
        connect(protocol);
        onLoop(() -> {
            channel.write(direct("one "));
            StraightSend.send(channel.pipeline().context(last), direct("two "));
            StraightSend.send(channel.pipeline().context(last), direct("three"));
            return null;
        });
        assertThat(received(13)).isEqualTo("one two three");
        assertThat(written).hasValue(2);
    }

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
    void whatTheKernelDoesNotTakeFollowsInOrder(String protocol) throws Exception {
        connect(protocol);
        Random random = new Random(1);
        StringBuilder all = new StringBuilder();
        onLoop(() -> {
            for (int i = 0; i < 3000; i++) {
                String text = Integer.toString(i).repeat(1 + random.nextInt(i % 100 == 0 ? 30_000 : 800));
                all.append(text);
                StraightSend.send(channel.pipeline().context(last), direct(text));
            }
            return null;
        });
        assertThat(received(all.length())).isEqualTo(all.toString());
        assertThat(written.get()).isPositive();
        written.set(0);
        send(direct("end"));
        assertThat(received(3)).isEqualTo("end");
        assertThat(written).hasValue(0);
    }

    @ParameterizedTest
    @ValueSource(strings = "TLSv1.3")
    void keysMayChangeMeanwhile(String protocol) throws Exception {
        connect(protocol);
        for (int i = 0; i < 20; i++) {
            String text = Integer.toString(i).repeat(i + 1);
            send(direct(text));
            assertThat(received(text.length())).isEqualTo(text);
            // With TLS 1.3 this asks the other side to change its key with the next record (RFC 8446, section 4.6.3).
            peer.startHandshake();
            peer.getOutputStream().write('x');
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
    void behindTheGoodByeNothingIsSentAndTheBufferIsReleased(String protocol) throws Exception {
        connect(protocol);
        send(direct("bye"));
        tls.closeOutbound().sync();
        ByteBuf late = direct("late");
        send(late);
        assertThat(late.refCnt()).isZero();
        assertThat(received(3)).isEqualTo("bye");
        assertThat(peer.getInputStream().read()).isEqualTo(-1);
    }

    private void send(ByteBuf data) throws Exception {
        onLoop(() -> {
            StraightSend.send(channel.pipeline().context(last), data);
            return null;
        });
    }

    private <T> T onLoop(Callable<T> step) throws Exception {
        return loop.submit(step).get(60, TimeUnit.SECONDS);
    }

    private String received(int count) throws IOException {
        return new String(peer.getInputStream().readNBytes(count), StandardCharsets.US_ASCII);
    }

    private static ByteBuf direct(String text) {
        return Unpooled.directBuffer(text.length()).writeBytes(text.getBytes(StandardCharsets.US_ASCII));
    }
}
