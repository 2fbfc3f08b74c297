package dev.fairlead.engine.app;

import dev.fairlead.engine.net.LoopAllocator;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.FixedRecvByteBufAllocator;
import io.netty.channel.epoll.EpollDomainSocketChannel;
import io.netty.channel.epoll.EpollServerDomainSocketChannel;
import io.netty.channel.unix.DomainSocketAddress;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/// Where workers connect: an abstract unix socket for each event loop, which also serves what comes in there.
/// Abstract sockets have no file, so a worker that runs as another user or in another root finds them; whoever
/// connects has to know a token.
final class Doors {
    private static final int NAME_BYTES = 16;
    private static final int RECEIVE_BYTES = 64 * 1024;
    private static final int BACKLOG = 1024;

    private final List<Channel> channels = new ArrayList<>();
    private final List<String> names = new ArrayList<>();

    /// @param gate knows who may come in
    static Doors open(List<EventLoop> loops, WorkerRegister gate) {
        Doors doors = new Doors();
        byte[] random = new byte[NAME_BYTES];
        new SecureRandom().nextBytes(random);
        String stem = "fairlead-" + HexFormat.of().formatHex(random);
        for (int i = 0; i < loops.size(); i++) {
            String name = stem + "-" + i;
            doors.names.add("@" + name);
            doors.channels.add(open(loops.get(i), "\0" + name, gate, i));
        }
        return doors;
    }

    private static Channel open(EventLoop loop, String address, WorkerRegister gate, int index) {
        return new ServerBootstrap()
                .group(loop)
                .channel(EpollServerDomainSocketChannel.class)
                .option(ChannelOption.SO_BACKLOG, BACKLOG)
                .childOption(ChannelOption.ALLOCATOR, LoopAllocator.INSTANCE)
                // Answers come in batches: what they are read with should hold one.
                .childOption(ChannelOption.RECVBUF_ALLOCATOR, new FixedRecvByteBufAllocator(RECEIVE_BYTES))
                .childHandler(new ChannelInitializer<EpollDomainSocketChannel>() {
                    @Override
                    protected void initChannel(EpollDomainSocketChannel channel) {
                        channel.pipeline().addLast(new Greeting(gate, index));
                    }
                })
                .bind(new DomainSocketAddress(address))
                .syncUninterruptibly()
                .channel();
    }

    /// One for each event loop, each beginning with `@`.
    List<String> names() {
        return List.copyOf(names);
    }

    void close() {
        channels.forEach(Channel::close);
    }
}
