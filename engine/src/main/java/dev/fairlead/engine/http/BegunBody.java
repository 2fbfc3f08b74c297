package dev.fairlead.engine.http;

import dev.fairlead.engine.http.field.Fields;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.util.AbstractReferenceCounted;
import io.netty.util.ReferenceCounted;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/// The beginning of a request's body, taken in before anybody is there to read it. It stays for those who look
/// at the text; who reads the body gets it first. Belongs to one event loop.
public final class BegunBody extends AbstractReferenceCounted implements KeptBody, RequestBody, RequestBody.Receiver {
    private static final int FIRST = 1024;

    private final Exchange exchange;
    private final RequestBody source;
    private final Fields trailers = new Fields(0);
    private final int most;
    private @Nullable ByteBuf held;
    private @Nullable Runnable onMore;
    private @Nullable Receiver reader;
    private @Nullable Failure failure;
    private boolean isEnded;
    private boolean isPaused;

    private BegunBody(Exchange exchange, int most) {
        this.exchange = exchange;
        this.source = exchange.body();
        this.most = most;
    }

    /// Starts to take the body of an exchange in. The exchange keeps it.
    ///
    /// @param most bytes after which nothing more is read from the client for the time being
    public static BegunBody begin(Exchange exchange, int most) {
        BegunBody body = new BegunBody(exchange, most);
        exchange.beginBody(body);
        exchange.keepBody(body);
        body.source.read(body);
        return body;
    }

    /// Bytes that are here.
    public int length() {
        ByteBuf present = held;
        return present == null ? 0 : present.readableBytes();
    }

    /// Whether nothing more comes for the time being: it is complete, or fails, or there is no room for more.
    public boolean isSettled() {
        return isEnded || failure != null || length() >= most;
    }

    /// Why it will not be complete.
    public @Nullable Failure failure() {
        return failure;
    }

    /// @param action run whenever there is more of it, until somebody reads it; null for nothing
    public void onMore(@Nullable Runnable action) {
        onMore = action;
    }

    @Override
    public void data(Exchange from, ByteBuf data) {
        Receiver present = reader;
        if (present != null) {
            present.data(from, data);
            return;
        }
        ByteBuf before = held;
        ByteBuf room =
                before == null ? ByteBufAllocator.DEFAULT.directBuffer(Math.max(FIRST, data.readableBytes())) : before;
        held = room;
        room.writeBytes(data);
        data.release();
        if (length() >= most) {
            source.pause();
        }
        more();
    }

    @Override
    public void end(Exchange from, Fields behind) {
        isEnded = true;
        Receiver present = reader;
        if (present != null) {
            present.end(from, behind);
        } else {
            for (int i = 0; i < behind.size(); i++) {
                trailers.addFrom(behind, i);
            }
            more();
        }
    }

    @Override
    public void failed(Exchange from, Failure why) {
        failure = why;
        Receiver present = reader;
        if (present != null) {
            present.failed(from, why);
        } else {
            more();
        }
    }

    private void more() {
        Runnable action = onMore;
        if (action != null) {
            action.run();
        }
    }

    @Override
    public boolean isExpected() {
        return true;
    }

    @Override
    public void read(Receiver receiver) {
        isPaused = false;
        reader = receiver;
        onMore = null;
        ByteBuf present = held;
        if (present != null && present.isReadable()) {
            receiver.data(exchange, present.retainedDuplicate());
        }
        Failure why = failure;
        if (why != null) {
            receiver.failed(exchange, why);
        } else if (isEnded) {
            receiver.end(exchange, trailers);
        } else if (!isPaused) {
            source.resume();
        }
    }

    @Override
    public void pause() {
        isPaused = true;
        source.pause();
    }

    @Override
    public void resume() {
        isPaused = false;
        source.resume();
    }

    @Override
    public long received() {
        return source.received();
    }

    @Override
    public String text() {
        ByteBuf present = held;
        return present == null ? "" : present.toString(StandardCharsets.ISO_8859_1);
    }

    @Override
    public String fileName() {
        return "";
    }

    @Override
    protected void deallocate() {
        ByteBuf present = held;
        if (present != null) {
            held = null;
            present.release();
        }
    }

    @Override
    public ReferenceCounted touch(Object hint) {
        return this;
    }
}
