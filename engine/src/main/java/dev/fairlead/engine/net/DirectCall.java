package dev.fairlead.engine.net;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandler;

/// Calls a handler that reads as its pipeline would, without the way through it. What it throws goes that way.
final class DirectCall {
    private DirectCall() {}

    /// @param reader of a [ChannelInboundHandler]
    static void read(ChannelHandlerContext reader, ByteBuf data) {
        try {
            ((ChannelInboundHandler) reader.handler()).channelRead(reader, data);
        } catch (Exception failed) {
            reader.pipeline().fireExceptionCaught(failed);
        }
    }

    /// The same, when all that is there was read.
    static void complete(ChannelHandlerContext reader) {
        try {
            ((ChannelInboundHandler) reader.handler()).channelReadComplete(reader);
        } catch (Exception failed) {
            reader.pipeline().fireExceptionCaught(failed);
        }
    }
}
