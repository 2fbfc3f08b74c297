package dev.fairlead.engine.upstream;

import dev.fairlead.engine.compile.Text;
import dev.fairlead.engine.http.Exchange;
import dev.fairlead.engine.http.RequestBody;
import dev.fairlead.engine.http.field.Fields;
import dev.fairlead.model.http.Forward;
import dev.fairlead.model.http.LogLevel;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
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
    private @Nullable HeldBody held;
    private @Nullable ByteBuf replacement;
    private boolean isComplete;
    private boolean isPaused;

    RequestContent(Owner owner) {
        this.owner = owner;
    }

    /// Takes the body in as the settings say; the owner hears of it.
    void take(Exchange from, ForwardSettings how) {
        Forward.Request request = how.forward().request();
        Text other = how.body();
        if (other != null || !request.passBody()) {
            drop(from, other == null ? null : other.of(from));
        } else if (!from.body().isExpected()) {
            owner.contentReady();
        } else if (from.keptBody() instanceof HeldBody kept && kept.isComplete()) {
            // An earlier handler of the same request has it: this one is an error's page, or a fallback.
            kept.retain();
            held = kept;
            mode = Mode.HELD;
            isComplete = true;
            owner.contentReady();
        } else if (from.isBodyTaken()) {
            // It went elsewhere and nobody kept it.
            owner.contentReady();
        } else if (request.buffering() || isHeldForVersion(from, request)) {
            hold(from);
        } else {
            mode = Mode.PASSED;
            owner.contentReady();
        }
    }

    /// HTTP/1.0 knows no chunks, so the length has to be known first.
    private static boolean isHeldForVersion(Exchange from, Forward.Request request) {
        return from.head().contentLength() < 0 && request.version() == Forward.Version.HTTP_1_0;
    }

    private void hold(Exchange from) {
        HeldBody body = new HeldBody();
        held = body;
        body.retain();
        from.keepBody(body);
        start(from, Mode.HELD);
    }

    private void drop(Exchange from, @Nullable String instead) {
        replacement = instead == null ? null : Unpooled.copiedBuffer(instead, StandardCharsets.ISO_8859_1);
        start(from, Mode.DROPPED);
    }

    /// Starts to pass the body on piece by piece. To be called when the other server is connected.
    void pass(Exchange from) {
        start(from, Mode.PASSED);
    }

    private void start(Exchange from, Mode how) {
        exchange = from;
        mode = how;
        isComplete = false;
        if (from.body().isExpected() && !from.isBodyTaken()) {
            from.markBodyTaken();
            from.body().read(this);
        } else {
            end(from, from.head().fields());
        }
    }

    /// Whether it goes on as it comes, and so only once.
    boolean isPassed() {
        return mode == Mode.PASSED;
    }

    /// Whether there is a body here that can be sent, even if it is empty.
    boolean isHeld() {
        return held != null || replacement != null;
    }

    long length() {
        HeldBody present = held;
        ByteBuf other = replacement;
        return present != null ? present.length() : other != null ? other.readableBytes() : 0;
    }

    @Nullable
    ByteBuf memory() {
        HeldBody present = held;
        return present != null ? present.memory() : replacement;
    }

    @Nullable
    TemporaryFile file() {
        HeldBody present = held;
        return present != null ? present.file() : null;
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
            case PASSED -> owner.contentPiece(data);
            case HELD -> keep(from, data);
            case NONE, DROPPED -> data.release();
        }
    }

    private void keep(Exchange from, ByteBuf data) {
        HeldBody present = held;
        try {
            if (present != null
                    && present.add(
                            data,
                            from.head().contentLength(),
                            from.place().settings().requestBody())) {
                from.place().report(from, LogLevel.WARN, "a client request body is buffered to a temporary file");
            }
        } catch (IOException failed) {
            stop();
            owner.contentLost(failed);
        } finally {
            data.release();
        }
    }

    @Override
    public void end(Exchange from, Fields trailers) {
        if (from != exchange) {
            return;
        }
        isComplete = true;
        HeldBody present = held;
        if (present != null) {
            present.complete();
        }
        if (mode == Mode.PASSED) {
            owner.contentEnded();
        } else {
            owner.contentReady();
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
        HeldBody present = held;
        if (present != null) {
            held = null;
            present.release();
        }
        ByteBuf other = replacement;
        if (other != null) {
            replacement = null;
            other.release();
        }
    }
}
