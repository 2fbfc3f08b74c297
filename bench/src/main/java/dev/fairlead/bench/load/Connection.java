package dev.fairlead.bench.load;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.ssl.ReferenceCountedOpenSslEngine;
import io.netty.handler.ssl.SslHandler;
import io.netty.handler.ssl.SslHandshakeCompletionEvent;
import io.netty.internal.tcnative.SSL;
import org.jspecify.annotations.Nullable;

/// A place for one request at a time. Its socket is opened when a request needs it, and again when the server
/// closed it. Belongs to the event loop.
final class Connection {
    /// Who is told how requests went.
    interface Owner {
        /// A request that was due at that time has its answer.
        ///
        /// @param wrong what is wrong with the answer, or empty
        void answered(Connection at, long due, String wrong);

        /// A request will not be answered.
        void failed(Connection at, long due, String why);

        /// The socket is gone while no request was on its way.
        void lost(Connection at);

        /// @param isResumed whether the TLS session is an earlier one
        void shookHands(boolean isResumed);
    }

    private final Options options;
    private final Dialer dialer;
    private final Requests requests;
    private final Owner owner;
    private @Nullable Channel channel;
    /// Of that channel; events of earlier ones are passed over.
    private @Nullable Handler current;
    private boolean isReady;
    private boolean isBusy;
    private boolean isSent;
    private long due;

    Connection(Options options, Dialer dialer, Requests requests, Owner owner) {
        this.options = options;
        this.dialer = dialer;
        this.requests = requests;
        this.owner = owner;
    }

    /// Whether a request is on its way.
    boolean isBusy() {
        return isBusy;
    }

    /// When the one on its way was due, in the clock's nanoseconds.
    long due() {
        return due;
    }

    /// Sends a request.
    ///
    /// @param at when it was due
    void send(long at) {
        due = at;
        isBusy = true;
        isSent = false;
        if (channel == null) {
            open();
        } else if (isReady) {
            write(channel);
        }
    }

    void close() {
        Channel open = channel;
        if (open != null) {
            forget();
            open.close();
        }
    }

    private void open() {
        Handler handler = new Handler();
        current = handler;
        ChannelFuture opening = dialer.dial(handler);
        channel = opening.channel();
        opening.addListener(done -> {
            if (!done.isSuccess() && current == handler) {
                forget();
                fail("not connected");
            }
        });
    }

    private void forget() {
        channel = null;
        current = null;
        isReady = false;
    }

    private void fail(String why) {
        if (isBusy) {
            isBusy = false;
            owner.failed(this, due, why);
        }
    }

    private void ready(Channel open) {
        isReady = true;
        if (isBusy) {
            write(open);
        }
    }

    private void write(Channel open) {
        isSent = true;
        open.writeAndFlush(requests.next(), open.voidPromise());
    }

    /// One socket's events.
    private final class Handler extends ChannelInboundHandlerAdapter {
        private final boolean upgrades = options.mode() == Options.Mode.WEBSOCKET;
        private MessageReader reader = new HttpReader(false);
        private boolean isUpgraded;

        @Override
        public void channelActive(ChannelHandlerContext context) {
            if (!dialer.isTls()) {
                begin(context);
            }
        }

        @Override
        public void userEventTriggered(ChannelHandlerContext context, Object event) {
            if (event instanceof SslHandshakeCompletionEvent handshake) {
                if (handshake.isSuccess()) {
                    owner.shookHands(isResumed(context));
                    begin(context);
                } else {
                    end(context, "no TLS handshake");
                }
            }
        }

        private static boolean isResumed(ChannelHandlerContext context) {
            SslHandler handler = context.pipeline().get(SslHandler.class);
            return handler.engine() instanceof ReferenceCountedOpenSslEngine engine
                    && SSL.isSessionReused(engine.sslPointer());
        }

        private void begin(ChannelHandlerContext context) {
            if (upgrades) {
                context.writeAndFlush(requests.opening(), context.voidPromise());
            } else {
                ready(context.channel());
            }
        }

        @Override
        public void channelRead(ChannelHandlerContext context, Object message) {
            ByteBuf in = (ByteBuf) message;
            try {
                while (in.isReadable() && current == this && reader.read(in)) {
                    finished(context);
                }
            } finally {
                in.release();
            }
        }

        private void finished(ChannelHandlerContext context) {
            if (upgrades && !isUpgraded) {
                upgraded(context);
                return;
            }
            if (!isBusy || !isSent) {
                end(context, "unasked");
                return;
            }
            String wrong = reader.wrong();
            if (options.eachNew() || !reader.persists()) {
                end(context, "");
            }
            isBusy = false;
            owner.answered(Connection.this, due, wrong);
        }

        private void upgraded(ChannelHandlerContext context) {
            if (reader instanceof HttpReader head && head.status() == 101) {
                isUpgraded = true;
                reader = new FrameReader();
                ready(context.channel());
            } else {
                end(context, "not upgraded");
            }
        }

        @Override
        public void channelInactive(ChannelHandlerContext context) {
            if (current != this) {
                return;
            }
            forget();
            if (isBusy && isSent && reader.endsWithConnection()) {
                isBusy = false;
                owner.answered(Connection.this, due, reader.wrong());
            } else if (isBusy) {
                fail("closed");
            } else {
                owner.lost(Connection.this);
            }
        }

        @Override
        public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
            end(
                    context,
                    cause instanceof java.io.IOException
                            ? "reset"
                            : cause.getClass().getSimpleName());
        }

        /// @param why a request on its way fails, or empty
        private void end(ChannelHandlerContext context, String why) {
            if (current == this) {
                forget();
                if (!why.isEmpty()) {
                    fail(why);
                }
            }
            context.close();
        }
    }
}
