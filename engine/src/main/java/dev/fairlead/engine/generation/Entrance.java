package dev.fairlead.engine.generation;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelInitializer;

/// Gives the channels of a listener to whoever takes them at present.
final class Entrance extends ChannelInitializer<Channel> {
    private volatile ChannelHandler present;

    Entrance(ChannelHandler first) {
        present = first;
    }

    void replace(ChannelHandler next) {
        present = next;
    }

    @Override
    protected void initChannel(Channel channel) {
        channel.pipeline().addLast(present);
    }
}
