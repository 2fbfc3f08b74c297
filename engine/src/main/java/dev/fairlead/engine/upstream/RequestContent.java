package dev.fairlead.engine.upstream;

import dev.fairlead.engine.http.Exchange;
import dev.fairlead.engine.http.Fields;
import dev.fairlead.engine.http.RequestBody;
import dev.fairlead.model.http.LogLevel;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/// The body of a request on its way to another server. Either it is taken in whole first, so that it can be sent
/// again to the next server; or it is passed on as it comes; or it is dropped; or the configuration replaces it.
final class RequestContent implements RequestBody.Receiver {
    /// Who waits for it.
    interface Owner {
        /// All that has to be there before a server is contacted is there.
        void contentReady();

        /// A piece to be passed on at once, owned by the owner.
        void contentPiece(ByteBuf data);

        /// What was passed on piece by piece is complete.
        void contentEnded();

        void contentFailed(RequestBody.Failure failure);

        /// It cannot be stored.
        void contentLost(IOException failure);
    }

    private enum Mode {
        NONE,
        HELD,
        DROPPED,
        PASSED
    }

    private final Owner owner;
    private Mode mode = Mode.NONE;
    private @Nullable Exchange exchange;
    private @Nullable ByteBuf memory;
    private @Nullable TemporaryFile file;
    private @Nullable String replacement;
    private long length;
    private boolean isComplete;
    private boolean isPaused;

    RequestContent(Owner owner) {
        this.owner = owner;
    }

    /// Takes the whole body in; the owner hears of it.
    void hold(Exchange from) {
        start(from, Mode.HELD);
    }

    /// Takes the body in to throw it away, and sends that text in its place (nothing if it is null).
    void drop(Exchange from, @Nullable String instead) {
        replacement = instead;
        start(from, Mode.DROPPED);
    }

    /// Passes the body on piece by piece. To be called when the other server is connected.
    void pass(Exchange from) {
        start(from, Mode.PASSED);
    }

    private void start(Exchange from, Mode how) {
        exchange = from;
        mode = how;
        isComplete = false;
        if (from.body().isExpected()) {
            from.body().read(this);
        } else {
            end(from, from.head().fields());
        }
    }

    boolean isPassed() {
        return mode == Mode.PASSED;
    }

    /// Whether there is a body here that can be sent, even if it is empty.
    boolean isHeld() {
        return mode == Mode.HELD || (mode == Mode.DROPPED && replacement != null);
    }

    boolean isComplete() {
        return isComplete;
    }

    /// Bytes taken in so far.
    long length() {
        return length;
    }

    @Nullable
    ByteBuf memory() {
        return memory;
    }

    @Nullable
    TemporaryFile file() {
        return file;
    }

    /// Lets the client send more, or not.
    void reading(boolean on) {
        Exchange present = exchange;
        if (present != null && isPaused == on && !isComplete) {
            isPaused = !on;
            if (on) {
                present.body().resume();
            } else {
                present.body().pause();
            }
        }
    }

    @Override
    public void data(Exchange from, ByteBuf data) {
        if (from != exchange) {
            data.release();
            return;
        }
        switch (mode) {
            case PASSED -> {
                length += data.readableBytes();
                owner.contentPiece(data);
            }
            case HELD -> keep(from, data);
            case NONE, DROPPED -> data.release();
        }
    }

    private void keep(Exchange from, ByteBuf data) {
        dev.fairlead.model.http.RequestBody settings = from.place().settings().requestBody();
        try {
            int count = data.readableBytes();
            TemporaryFile present = file;
            if (present == null && (settings.inFile() || length + count > settings.memoryBytes())) {
                present = moveToFile(from, settings.temporaryFolder());
            }
            if (present != null) {
                length += present.write(data, length);
            } else if (count > 0) {
                buffer(from, count, settings.memoryBytes()).writeBytes(data);
                length += count;
            }
        } catch (IOException failed) {
            stop();
            owner.contentLost(failed);
        } finally {
            data.release();
        }
    }

    private ByteBuf buffer(Exchange from, int count, int most) {
        ByteBuf present = memory;
        if (present == null) {
            long known = from.head().contentLength();
            int size = known > 0 && known <= most ? (int) known : Math.min(most, Math.max(count, 1024));
            present = ByteBufAllocator.DEFAULT.directBuffer(size, Math.max(most, count));
            memory = present;
        }
        return present;
    }

    private TemporaryFile moveToFile(Exchange from, String folder) throws IOException {
        TemporaryFile made = TemporaryFile.in(folder);
        file = made;
        ByteBuf held = memory;
        if (held != null) {
            memory = null;
            made.write(held, 0);
            held.release();
        }
        from.place().report(from, LogLevel.WARN, "a client request body is buffered to a temporary file");
        return made;
    }

    @Override
    public void end(Exchange from, Fields trailers) {
        if (from != exchange) {
            return;
        }
        isComplete = true;
        switch (mode) {
            case PASSED -> owner.contentEnded();
            case HELD -> owner.contentReady();
            case DROPPED -> {
                replace(from);
                owner.contentReady();
            }
            case NONE -> {}
        }
    }

    private void replace(Exchange from) {
        String text = replacement;
        if (text != null) {
            length = text.length();
            ByteBuf present = ByteBufAllocator.DEFAULT.directBuffer(Math.max(1, text.length()));
            present.writeCharSequence(text, StandardCharsets.ISO_8859_1);
            memory = present;
        }
    }

    @Override
    public void failed(Exchange from, RequestBody.Failure failure) {
        if (from == exchange) {
            stop();
            owner.contentFailed(failure);
        }
    }

    /// What still comes is dropped.
    private void stop() {
        Exchange present = exchange;
        exchange = null;
        if (present != null && isPaused) {
            present.body().resume();
        }
        isPaused = false;
        mode = Mode.NONE;
    }

    void clear() {
        stop();
        length = 0;
        replacement = null;
        ByteBuf held = memory;
        if (held != null) {
            memory = null;
            held.release();
        }
        TemporaryFile present = file;
        if (present != null) {
            file = null;
            present.close();
        }
    }
}
