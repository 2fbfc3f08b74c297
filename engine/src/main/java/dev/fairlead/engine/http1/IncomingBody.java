package dev.fairlead.engine.http1;

import dev.fairlead.engine.http.Exchange;
import dev.fairlead.engine.http.RequestBody;
import dev.fairlead.engine.http.field.Fields;
import dev.fairlead.model.http.HeadReading;
import io.netty.buffer.ByteBuf;
import org.jspecify.annotations.Nullable;

/// The body of the present request: framing in, data out to who reads it, or to nowhere once it is discarded.
final class IncomingBody implements RequestBody {
    private enum State {
        /// Nobody asked for it yet.
        UNREAD,
        READING,
        DISCARDED,
        COMPLETE,
        FAILED
    }

    private static final Fields NO_TRAILERS = new Fields(0);

    private final Http1Connection connection;
    private final LoopState loop;
    private @Nullable ChunkedDecoder chunks;
    private State state = State.COMPLETE;
    private boolean isExpected;
    private boolean isChunked;
    private boolean isPaused;
    private boolean continueIsDue;
    private long remaining;
    private long received;
    private long limit;
    private @Nullable Receiver receiver;

    IncomingBody(Http1Connection connection, LoopState loop) {
        this.connection = connection;
        this.loop = loop;
    }

    /// A request's head is complete.
    void begin(long contentLength, boolean chunked, boolean expectsContinue, HeadReading reading) {
        isExpected = chunked || contentLength > 0;
        isChunked = chunked;
        isPaused = false;
        continueIsDue = expectsContinue;
        remaining = contentLength;
        received = 0;
        limit = 0;
        receiver = null;
        state = isExpected ? State.UNREAD : State.COMPLETE;
        if (chunked) {
            beginChunks(reading);
        }
    }

    /// Most connections never see a chunk.
    private void beginChunks(HeadReading reading) {
        ChunkedDecoder decoder = chunks;
        if (decoder == null) {
            decoder = new ChunkedDecoder(loop, reading);
            chunks = decoder;
        }
        decoder.begin(reading);
    }

    @Override
    public boolean isExpected() {
        return isExpected;
    }

    @Override
    public long received() {
        return received;
    }

    @Override
    public void read(Receiver to) {
        if (!isExpected) {
            to.end(connection.exchange(), NO_TRAILERS);
            return;
        }
        if (state != State.UNREAD) {
            throw new IllegalStateException("the body is read already");
        }
        Exchange exchange = connection.exchange();
        limit = exchange.isRouted() ? exchange.place().settings().requestBody().maxBytes() : 0;
        receiver = to;
        state = State.READING;
        if (continueIsDue) {
            continueIsDue = false;
            connection.carrier().sayContinue();
        }
        connection.inputMayFlow();
    }

    @Override
    public void pause() {
        isPaused = true;
        connection.inputMayFlow();
    }

    @Override
    public void resume() {
        if (isPaused) {
            isPaused = false;
            connection.inputMayFlow();
        }
    }

    /// Whether input may be given to [#take].
    boolean takesInput() {
        return (state == State.READING && !isPaused) || state == State.DISCARDED;
    }

    boolean isReading() {
        return state == State.READING;
    }

    boolean isPaused() {
        return isPaused;
    }

    /// Whether nothing of it is left on the connection.
    boolean isComplete() {
        return state == State.COMPLETE;
    }

    boolean isFailed() {
        return state == State.FAILED;
    }

    /// Whether the client may be waiting for leave to send it.
    boolean continueIsDue() {
        return continueIsDue;
    }

    /// What is left of it will be thrown away.
    void discard() {
        if (state == State.UNREAD || state == State.READING) {
            state = State.DISCARDED;
            receiver = null;
        }
    }

    /// Takes what belongs to the body from the buffer and delivers it, until the receiver pauses.
    void take(ByteBuf in) {
        while (takesInput()) {
            ChunkedDecoder decoder = isChunked ? chunks : null;
            long available = decoder == null ? remaining : availableInChunk(decoder, in);
            if (!takesInput() || (available == 0 && !isChunked)) {
                return;
            }
            int count = (int) Math.min(available, in.readableBytes());
            if (count == 0) {
                return;
            }
            takeData(decoder, in, count);
        }
    }

    /// @return 0 if more input is needed, or the body is over
    private long availableInChunk(ChunkedDecoder decoder, ByteBuf in) {
        int before = in.readerIndex();
        ChunkedDecoder.Next next = decoder.next(in);
        connection.exchange().counters().addRequestBytes(in.readerIndex() - before);
        return switch (next) {
            case DATA -> {
                // A chunk that will be too large is refused when its size is known.
                if (receiver != null && limit > 0 && received + decoder.available() > limit) {
                    fail(Failure.TOO_LARGE);
                    yield 0;
                }
                yield decoder.available();
            }
            case INPUT -> 0;
            case END -> {
                complete(decoder.trailers());
                yield 0;
            }
            case MALFORMED -> {
                fail(Failure.MALFORMED);
                yield 0;
            }
        };
    }

    private void takeData(@Nullable ChunkedDecoder decoder, ByteBuf in, int count) {
        received += count;
        connection.exchange().counters().addRequestBytes(count);
        if (decoder == null) {
            remaining -= count;
        } else {
            decoder.taken(count);
        }
        Receiver to = receiver;
        if (to == null) {
            in.skipBytes(count);
        } else {
            to.data(connection.exchange(), in.readRetainedSlice(count));
        }
        if (!isChunked && remaining == 0 && state != State.FAILED) {
            complete(NO_TRAILERS);
        }
    }

    private void complete(Fields trailers) {
        state = State.COMPLETE;
        Receiver to = receiver;
        receiver = null;
        if (to != null) {
            to.end(connection.exchange(), trailers);
        }
    }

    /// The body will not be complete; nothing more is read from it.
    void fail(Failure failure) {
        if (state == State.COMPLETE || state == State.FAILED) {
            return;
        }
        state = State.FAILED;
        Receiver to = receiver;
        receiver = null;
        if (to != null) {
            to.failed(connection.exchange(), failure);
        }
    }
}
