package dev.fairlead.engine.net;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler.Sharable;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// Stands where a listener accepts, and closes while one of the rooms behind it is full, or has let in as many as
/// it may in a second. One listening socket at a time.
@Sharable
public final class Gate extends ChannelInboundHandlerAdapter {
    private volatile List<Room> rooms = List.of();
    private volatile @Nullable Channel listening;
    /// For a second to be over. Only the listening channel's loop looks at it.
    private boolean isWaiting;

    /// Connections that are accepted from now on enter these.
    public void leadTo(List<Room> next) {
        List<Room> before = rooms;
        rooms = next;
        before.forEach(room -> room.remove(this));
        if (listening != null) {
            next.forEach(room -> room.add(this));
            reconsider();
        }
    }

    @Override
    public void handlerAdded(ChannelHandlerContext context) {
        listening = context.channel();
        rooms.forEach(room -> room.add(this));
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        if (context.channel().equals(listening)) {
            listening = null;
            rooms.forEach(room -> room.remove(this));
        }
        context.fireChannelInactive();
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        List<Room> entered = rooms;
        if (!entered.isEmpty() && message instanceof Channel accepted) {
            entered.forEach(Room::enter);
            accepted.closeFuture().addListener(closed -> Room.leave(entered));
        }
        context.fireChannelRead(message);
    }

    /// Opens or closes, as there is room. Safe on any thread.
    void reconsider() {
        Channel channel = listening;
        if (channel == null) {
            return;
        }
        if (channel.eventLoop().inEventLoop()) {
            reconsider(channel);
        } else {
            channel.eventLoop().execute(() -> reconsider(channel));
        }
    }

    private void reconsider(Channel channel) {
        long wait = 0;
        boolean isFull = false;
        for (Room room : rooms) {
            wait = Math.max(wait, room.waitNanos());
            isFull |= room.isFull();
        }
        channel.config().setAutoRead(wait == 0 && !isFull);
        if (wait > 0 && !isWaiting) {
            isWaiting = true;
            channel.eventLoop()
                    .schedule(
                            () -> {
                                isWaiting = false;
                                reconsider();
                            },
                            wait,
                            TimeUnit.NANOSECONDS);
        }
    }
}
