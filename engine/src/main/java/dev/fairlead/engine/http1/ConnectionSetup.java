package dev.fairlead.engine.http1;

import dev.fairlead.engine.http.ExchangeEntry;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import java.util.function.Supplier;

/// Sets up the channels accepted by one listener.
public final class ConnectionSetup extends ChannelInitializer<Channel> {
    private final LoopStates loops;
    private final Supplier<ExchangeEntry> entries;

    public ConnectionSetup(LoopStates loops, Supplier<ExchangeEntry> entries) {
        this.loops = loops;
        this.entries = entries;
    }

    @Override
    protected void initChannel(Channel channel) {
        LoopState loop = loops.of(channel.eventLoop());
        loop.counters().accepted();
        if (loop.hasRoom()) {
            channel.pipeline().addLast(new Http1Handler(loop, entries));
        } else {
            channel.close();
        }
    }
}
