package dev.fairlead.engine.stream;

import io.netty.channel.Channel;
import io.netty.channel.epoll.EpollSocketChannel;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;

/// The [Shortcut]s of a [Relay], one for each direction.
///
/// @param up of the client's bytes; null where there is none
/// @param down of the server's
record Shortcuts(@Nullable Shortcut up, @Nullable Shortcut down) {
    static final Shortcuts NONE = new Shortcuts(null, null);

    /// What one direction has to do with its relay.
    ///
    /// @param counting is told of bytes that did not come through Netty
    /// @param reading has Netty read, or not
    record Way(IntConsumer counting, Runnable reading) {}

    /// Between two sockets of TCP in the clear.
    static Shortcuts between(Channel client, Channel server, StreamLoop loop, Way up, Way down, Runnable moved) {
        return client instanceof EpollSocketChannel near && server instanceof EpollSocketChannel far
                ? new Shortcuts(
                        new Shortcut(near, far, loop, up.counting(), moved, up.reading()),
                        new Shortcut(far, near, loop, down.counting(), moved, down.reading()))
                : NONE;
    }

    boolean isUpTaken() {
        return up != null && up.isTaken();
    }

    boolean isDownTaken() {
        return down != null && down.isTaken();
    }

    void readUp(int bytes) {
        if (up != null) {
            up.read(bytes);
        }
    }

    void readDown(int bytes) {
        if (down != null) {
            down.read(bytes);
        }
    }

    void upComplete() {
        if (up != null) {
            up.readComplete();
        }
    }

    void downComplete() {
        if (down != null) {
            down.readComplete();
        }
    }

    void giveUpBack() {
        if (up != null) {
            up.giveBack();
        }
    }

    void giveDownBack() {
        if (down != null) {
            down.giveBack();
        }
    }

    /// Ends both, whatever is on its way.
    void drop() {
        if (up != null) {
            up.drop();
        }
        if (down != null) {
            down.drop();
        }
    }
}
