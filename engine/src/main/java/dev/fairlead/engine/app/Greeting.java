package dev.fairlead.engine.app;

import dev.fairlead.worker.FrameType;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.epoll.EpollDomainSocketChannel;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// The first frame of a connection: who it is from, and whether it is a worker's own or the tunnel of a request.
final class Greeting extends ChannelInboundHandlerAdapter {
    private static final int LONGEST = 512;
    private static final long LONGEST_SECONDS = 10;

    private final WorkerRegister register;
    private final int index;
    private @Nullable ByteBuf received;
    private boolean isOver;

    Greeting(WorkerRegister register, int index) {
        this.register = register;
        this.index = index;
    }

    @Override
    public void channelActive(ChannelHandlerContext context) {
        context.channel()
                .eventLoop()
                .schedule(
                        () -> {
                            if (!isOver) {
                                context.close();
                            }
                        },
                        LONGEST_SECONDS,
                        TimeUnit.SECONDS);
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        ByteBuf all = (ByteBuf) message;
        ByteBuf before = received;
        if (before != null) {
            before.writeBytes(all);
            all.release();
            all = before;
        }
        received = null;
        if (all.readableBytes() < FrameType.HEADER_BYTES) {
            keep(context, all);
            return;
        }
        int size = all.getIntLE(all.readerIndex());
        if (size < 0 || size > LONGEST) {
            refuse(context, all);
            return;
        }
        if (all.readableBytes() < FrameType.HEADER_BYTES + size) {
            keep(context, all);
            return;
        }
        int tag = all.getIntLE(all.readerIndex() + 4);
        all.skipBytes(FrameType.HEADER_BYTES);
        String text = all.readCharSequence(size, StandardCharsets.UTF_8).toString();
        isOver = true;
        boolean isWelcome = switch (tag & 0xFF) {
            case 32 -> hello(context, text, all);
            case 41 -> tunnel(context, text, tag >>> 8, all);
            default -> false;
        };
        if (!isWelcome) {
            refuse(context, all);
        }
    }

    /// @param rest what came behind the frame, owned by this once it returns true
    private boolean hello(ChannelHandlerContext context, String text, ByteBuf rest) {
        String[] fields = text.split("\t", -1);
        WorkerProcess worker = register.worker(fields[0]);
        if (worker == null || fields.length != 4) {
            return false;
        }
        int[] numbers = new int[3];
        for (int i = 0; i < 3; i++) {
            if (!fields[i + 1].matches("\\d{1,9}")) {
                return false;
            }
            numbers[i] = Integer.parseInt(fields[i + 1]);
        }
        WorkerConnection connection = new WorkerConnection(worker, context.channel());
        context.pipeline().replace(this, "worker", connection);
        register.joined(index);
        if (!worker.connect(index, connection, process(context, numbers[0]), Math.max(1, numbers[1]), numbers[2])) {
            return false;
        }
        if (rest.isReadable()) {
            context.pipeline().fireChannelRead(rest);
        } else {
            rest.release();
        }
        return true;
    }

    /// Who it is by the kernel's word, which counts: files are opened through this process.
    private static int process(ChannelHandlerContext context, int said) {
        try {
            return context.channel() instanceof EpollDomainSocketChannel peer
                    ? peer.peerCredentials().pid()
                    : said;
        } catch (IOException untold) {
            return 0;
        }
    }

    private boolean tunnel(ChannelHandlerContext context, String token, int number, ByteBuf rest) {
        WorkerProcess worker = register.worker(token);
        WorkerConnection connection = worker == null ? null : worker.connection(index);
        return connection != null
                && connection.occupant(number) instanceof Dispatch dispatch
                && dispatch.openTunnel(context.channel(), this, rest);
    }

    private void keep(ChannelHandlerContext context, ByteBuf some) {
        received = context.alloc().buffer(LONGEST + FrameType.HEADER_BYTES).writeBytes(some);
        some.release();
    }

    private void refuse(ChannelHandlerContext context, ByteBuf all) {
        isOver = true;
        all.release();
        context.close();
    }

    @Override
    public void handlerRemoved(ChannelHandlerContext context) {
        ByteBuf some = received;
        if (some != null) {
            received = null;
            some.release();
        }
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        context.close();
    }
}
