package dev.fairlead.engine.upstream.name;

import dev.fairlead.model.upstream.NameServers;
import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufHolder;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.FixedRecvByteBufAllocator;
import io.netty.channel.epoll.EpollDatagramChannel;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.handler.codec.LengthFieldBasedFrameDecoder;
import io.netty.handler.codec.dns.DatagramDnsQueryEncoder;
import io.netty.handler.codec.dns.DnsResponse;
import io.netty.handler.codec.dns.TcpDnsQueryEncoder;
import io.netty.util.ReferenceCountUtil;
import java.net.InetSocketAddress;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/// A name server as one event loop asks it. Each question has a socket of its own, connected to the name server:
/// the kernel chooses its port and drops what others send, and the identifier is by chance. Where an answer is cut,
/// the question is asked again by TCP.
final class AskedServer {
    private static final SecureRandom CHANCE = new SecureRandom();
    private static final int MOST_STRAY = 16;
    private static final int LENGTH_BYTES = 2;
    private static final int MOST_BY_TCP = 0xffff + LENGTH_BYTES;

    private final NameServers.Server server;
    private final InetSocketAddress address;
    private final int answerSize;
    private final Duration patience;
    private final NameServerCounts counts;

    /// @param answerSize most bytes of an answer, unless that of a question asked again
    /// @param patience for an answer
    private AskedServer(NameServers.Server server, int answerSize, Duration patience, NameServerCounts counts) {
        this.server = server;
        this.address = new InetSocketAddress(server.host(), server.port());
        this.answerSize = answerSize;
        this.patience = patience;
        this.counts = counts;
    }

    /// @param counts as many as there are name servers
    static List<AskedServer> all(NameServers by, List<NameServerCounts> counts) {
        return IntStream.range(0, by.servers().size())
                .mapToObj(i -> new AskedServer(by.servers().get(i), by.answerSize(), by.patience(), counts.get(i)))
                .toList();
    }

    String name() {
        return server.name();
    }

    NameServerCounts counts() {
        return counts;
    }

    /// A question that is under way.
    interface Call {
        /// Nobody wants the answer any longer.
        void end();
    }

    /// @param receiver told once on the loop, or never: of silence it is not told
    Call ask(Question question, EventLoop loop, Consumer<Reply> receiver) {
        Conversation conversation = new Conversation(question, loop, receiver);
        if (server.isByTcp()) {
            conversation.byTcp();
        } else {
            conversation.byUdp();
        }
        return conversation;
    }

    private final class Conversation implements Call {
        private final Question question;
        private final EventLoop loop;
        private final Consumer<Reply> receiver;
        private final int id = CHANCE.nextInt(1 << 16);
        private final Messages messages = new Messages(address);
        private @Nullable Channel channel;
        private @Nullable Reply cut;
        private int stray;
        private boolean isOver;

        private Conversation(Question question, EventLoop loop, Consumer<Reply> receiver) {
            this.question = question;
            this.loop = loop;
            this.receiver = receiver;
        }

        private void byUdp() {
            connect(new Bootstrap()
                    .channel(EpollDatagramChannel.class)
                    .option(ChannelOption.RECVBUF_ALLOCATOR, new FixedRecvByteBufAllocator(answerSize + 1))
                    .handler(new ChannelInitializer<>() {
                        @Override
                        protected void initChannel(Channel opened) {
                            opened.pipeline().addLast(new DatagramDnsQueryEncoder(), new Line());
                        }
                    }));
        }

        private void byTcp() {
            connect(new Bootstrap()
                    .channel(EpollSocketChannel.class)
                    .option(
                            ChannelOption.CONNECT_TIMEOUT_MILLIS,
                            Math.clamp(patience.toMillis() / 2, 1, Integer.MAX_VALUE))
                    .handler(new ChannelInitializer<>() {
                        @Override
                        protected void initChannel(Channel opened) {
                            opened.pipeline()
                                    .addLast(
                                            new TcpDnsQueryEncoder(),
                                            new LengthFieldBasedFrameDecoder(
                                                    MOST_BY_TCP, 0, LENGTH_BYTES, 0, LENGTH_BYTES),
                                            new Line());
                        }
                    }));
        }

        private void connect(Bootstrap bootstrap) {
            channel = bootstrap
                    .group(loop)
                    .connect(address)
                    .addListener(done -> {
                        if (!done.isSuccess() && !isOver) {
                            counts.unsent();
                            broken();
                        }
                    })
                    .channel();
        }

        private void hear(ByteBuf content) {
            if (isOver) {
                return;
            }
            if (content.readableBytes() > answerSize && cut == null) {
                counts.tooBig();
                strayed();
                return;
            }
            Optional<DnsResponse> message = messages.read(content);
            try {
                message.ifPresentOrElse(this::hear, this::unreadable);
            } finally {
                message.ifPresent(DnsResponse::release);
            }
        }

        private void hear(DnsResponse message) {
            if (!question.isAnsweredBy(message, id)) {
                counts.outdated();
                strayed();
                return;
            }
            Reply reply = ReplyReader.read(question, message);
            if (message.isTruncated() && !server.isByTcp() && cut == null) {
                counts.heard(new Reply.Nothing(Reply.Trouble.TRUNCATED));
                cut = reply;
                close();
                byTcp();
                return;
            }
            counts.heard(reply);
            told(reply);
        }

        private void unreadable() {
            counts.heard(new Reply.Nothing(Reply.Trouble.INVALID));
            strayed();
        }

        private void told(Reply reply) {
            end();
            receiver.accept(reply);
        }

        /// Not every message is worth being read.
        private void strayed() {
            stray++;
            if (stray >= MOST_STRAY) {
                broken();
            }
        }

        /// The name server is not there, or says what it may not. What was cut is better than nothing.
        private void broken() {
            Reply known = cut;
            if (known == null) {
                end();
            } else if (!isOver) {
                told(known);
            }
        }

        @Override
        public void end() {
            isOver = true;
            close();
        }

        private void close() {
            Channel open = channel;
            channel = null;
            if (open != null) {
                open.close();
            }
        }

        /// One of its sockets.
        private final class Line extends ChannelInboundHandlerAdapter {
            @Override
            public void channelActive(ChannelHandlerContext context) {
                context.writeAndFlush(question.query(address, id, answerSize))
                        .addListener((ChannelFutureListener) done -> {
                            if (done.isSuccess()) {
                                counts.sent();
                            } else {
                                counts.unsent();
                            }
                        });
            }

            @Override
            public void channelRead(ChannelHandlerContext context, Object message) {
                try {
                    if (isPresent(context)) {
                        hear(message instanceof ByteBufHolder holder ? holder.content() : (ByteBuf) message);
                    }
                } finally {
                    ReferenceCountUtil.release(message);
                }
            }

            @Override
            public void channelInactive(ChannelHandlerContext context) {
                if (isPresent(context)) {
                    broken();
                }
            }

            @Override
            public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
                if (isPresent(context)) {
                    broken();
                }
            }

            /// Whether this one is still spoken by.
            private boolean isPresent(ChannelHandlerContext context) {
                return context.channel().equals(channel);
            }
        }
    }
}
