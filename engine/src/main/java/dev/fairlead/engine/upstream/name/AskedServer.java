package dev.fairlead.engine.upstream.name;

import dev.fairlead.model.upstream.NameServers;
import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufHolder;
import io.netty.buffer.Unpooled;
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
import io.netty.handler.codec.LengthFieldPrepender;
import io.netty.util.ReferenceCountUtil;
import java.net.InetSocketAddress;
import java.security.SecureRandom;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// A name server as one event loop asks it. Each question has a socket of its own, connected to the name server:
/// the kernel chooses its port and drops what others send, and the identifier is by chance.
final class AskedServer {
    private static final SecureRandom CHANCE = new SecureRandom();
    private static final int MOST_STRAY = 16;

    private final NameServers.Server server;
    private final InetSocketAddress address;
    private final int answerSize;
    private final NameServerCounts counts = new NameServerCounts();

    /// @param answerSize most bytes of an answer
    AskedServer(NameServers.Server server, int answerSize) {
        this.server = server;
        this.address = new InetSocketAddress(server.host(), server.port());
        this.answerSize = answerSize;
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
        Conversation conversation = new Conversation(question, receiver);
        Bootstrap bootstrap = new Bootstrap()
                .group(loop)
                .channel(server.isByTcp() ? EpollSocketChannel.class : EpollDatagramChannel.class)
                .handler(new ChannelInitializer<>() {
                    @Override
                    protected void initChannel(Channel channel) {
                        if (server.isByTcp()) {
                            channel.pipeline()
                                    .addLast(
                                            new LengthFieldBasedFrameDecoder(answerSize + 2, 0, 2, 0, 2),
                                            new LengthFieldPrepender(2));
                        }
                        channel.pipeline().addLast(conversation);
                    }
                });
        if (!server.isByTcp()) {
            bootstrap.option(ChannelOption.RECVBUF_ALLOCATOR, new FixedRecvByteBufAllocator(answerSize + 1));
        }
        conversation.channel = bootstrap
                .connect(address)
                .addListener(done -> {
                    if (!done.isSuccess()) {
                        counts.unsent();
                    }
                })
                .channel();
        return conversation;
    }

    private final class Conversation extends ChannelInboundHandlerAdapter implements Call {
        private final Question question;
        private final Consumer<Reply> receiver;
        private final int id = CHANCE.nextInt(1 << 16);
        private @Nullable Channel channel;
        private int stray;
        private boolean isOver;

        private Conversation(Question question, Consumer<Reply> receiver) {
            this.question = question;
            this.receiver = receiver;
        }

        @Override
        public void channelActive(ChannelHandlerContext context) {
            ByteBuf message = Unpooled.wrappedBuffer(question.message(id, answerSize));
            context.writeAndFlush(message).addListener((ChannelFutureListener) done -> {
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
                ByteBuf content = message instanceof ByteBufHolder holder ? holder.content() : (ByteBuf) message;
                hear(content);
            } finally {
                ReferenceCountUtil.release(message);
            }
        }

        private void hear(ByteBuf content) {
            if (isOver) {
                return;
            }
            if (content.readableBytes() > answerSize) {
                counts.tooBig();
                strayed();
                return;
            }
            byte[] bytes = new byte[content.readableBytes()];
            content.readBytes(bytes);
            if (!question.isAnsweredBy(bytes, id)) {
                counts.outdated();
                strayed();
                return;
            }
            Reply reply = ReplyReader.read(question, bytes);
            counts.heard(reply);
            end();
            receiver.accept(reply);
        }

        /// Not every message is worth being read.
        private void strayed() {
            stray++;
            if (stray >= MOST_STRAY) {
                end();
            }
        }

        /// The name server is not there, or says what it may not.
        @Override
        public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
            end();
        }

        @Override
        public void end() {
            isOver = true;
            Channel open = channel;
            if (open != null) {
                open.close();
            }
        }
    }
}
