package dev.fairlead.bench.load;

import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.handler.ssl.OpenSsl;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslHandler;
import io.netty.handler.ssl.SslProvider;
import io.netty.handler.ssl.util.InsecureTrustManagerFactory;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/// Opens connections to the server under measurement, all on one event loop. Its certificate is not verified.
final class Dialer implements AutoCloseable {
    private static final int CONNECT_MILLIS = 10_000;

    private final MultiThreadIoEventLoopGroup group = new MultiThreadIoEventLoopGroup(1, EpollIoHandler.newFactory());
    private final InetSocketAddress address;
    private final String host;
    private final boolean resumes;
    private final @Nullable SslContext tls;

    Dialer(Options options) {
        URI target = options.targets().getFirst();
        host = target.getHost();
        int otherwise = options.isTls() ? 443 : 80;
        address = new InetSocketAddress(host, target.getPort() < 0 ? otherwise : target.getPort());
        resumes = options.resume();
        tls = options.isTls() ? context() : null;
    }

    private static SslContext context() {
        try {
            SslProvider provider = OpenSsl.isAvailable() ? SslProvider.OPENSSL : SslProvider.JDK;
            return SslContextBuilder.forClient()
                    .sslProvider(provider)
                    .trustManager(InsecureTrustManagerFactory.INSTANCE)
                    .endpointIdentificationAlgorithm(null)
                    .build();
        } catch (SSLException e) {
            throw new IllegalStateException("TLS is not available", e);
        }
    }

    MultiThreadIoEventLoopGroup group() {
        return group;
    }

    boolean isTls() {
        return tls != null;
    }

    /// @param handler the connection's own
    ChannelFuture dial(ChannelHandler handler) {
        return new Bootstrap()
                .group(group)
                .channel(EpollSocketChannel.class)
                .option(ChannelOption.TCP_NODELAY, true)
                .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, CONNECT_MILLIS)
                .handler(new ChannelInitializer<Channel>() {
                    @Override
                    protected void initChannel(Channel channel) {
                        if (tls != null) {
                            channel.pipeline().addLast(secured(tls, channel));
                        }
                        channel.pipeline().addLast(handler);
                    }
                })
                .connect(address);
    }

    /// Sessions are kept by the name of the server: without one there is nothing to resume.
    private SslHandler secured(SslContext context, Channel channel) {
        SSLEngine engine = resumes
                ? context.newEngine(channel.alloc(), host, address.getPort())
                : context.newEngine(channel.alloc());
        return new SslHandler(engine);
    }

    @Override
    public void close() {
        group.shutdownGracefully(0, 2, TimeUnit.SECONDS).awaitUninterruptibly();
    }
}
