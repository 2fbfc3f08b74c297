package dev.fairlead.engine.stream;

import dev.fairlead.engine.net.HandoverChannel;
import dev.fairlead.engine.proxy.ProxyHeaderReader;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;

/// Sets up the channels accepted by one listener.
public final class StreamSetup extends ChannelInitializer<Channel> {
    private final StreamLoops loops;
    private final StreamSlot slot;

    public StreamSetup(StreamLoops loops, StreamSlot slot) {
        this.loops = loops;
        this.slot = slot;
    }

    @Override
    protected void initChannel(Channel channel) {
        StreamLoop loop = loops.of(channel.eventLoop());
        loop.counters().accepted();
        // Connections inside the program belong to others that came before draining began.
        if (!loop.open().hasRoom() || (loop.open().isDraining() && !(channel instanceof HandoverChannel))) {
            channel.close();
            return;
        }
        StreamEntry entry = slot.present(channel);
        StreamSession session = new StreamSession(loop, entry);
        channel.config().setOption(ChannelOption.ALLOW_HALF_CLOSURE, true);
        // Nothing is read before somebody wants it.
        channel.config().setAutoRead(false);
        if (entry.hasProxyHeader()) {
            channel.pipeline().addLast(new ProxyHeaderReader(session::proxied, session.opening()::failed));
        }
        channel.pipeline().addLast(session);
    }
}
