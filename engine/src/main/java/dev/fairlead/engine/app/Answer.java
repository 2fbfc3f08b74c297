package dev.fairlead.engine.app;

import dev.fairlead.engine.http.Exchange;
import dev.fairlead.engine.http.Method;
import dev.fairlead.engine.http.Response;
import io.netty.buffer.ByteBuf;
import java.io.IOException;

/// The body of an answer on its way to the client, and whether it is as long as its head says. The head was put on
/// the exchange's response before. Used again for other requests.
final class Answer {
    private final AnswerRelay relay = new AnswerRelay();
    private long left = Response.UNKNOWN;

    /// Reads the head of a RESPONSE frame; behind it the payload holds the body.
    ///
    /// @return false if it is not sound
    static boolean readWhole(Exchange to, ByteBuf payload, AnswerHead heads) {
        int length = payload.readableBytes() < Integer.BYTES ? -1 : payload.readIntLE();
        return length >= 0 && length <= payload.readableBytes() && heads.read(payload, length, to.response());
    }

    /// Sends an answer whose body is all there.
    ///
    /// @param body borrowed
    static void sendWhole(Exchange to, ByteBuf body) {
        Response response = to.response();
        if (response.contentLength() == Response.UNKNOWN && hasBody(to)) {
            response.contentLength(body.readableBytes());
        }
        boolean isShort = hasBody(to) && response.contentLength() > body.readableBytes();
        to.respond();
        if (body.isReadable()) {
            to.output().data(body.readRetainedSlice(body.readableBytes()));
        }
        if (isShort) {
            to.output().flush();
            to.carrier().abort();
        } else {
            to.end();
        }
    }

    private static boolean hasBody(Exchange of) {
        int status = of.response().status();
        return of.head().method() != Method.HEAD && status != 204 && status != 304;
    }

    /// Sends the head.
    void begin(Exchange to) {
        left = hasBody(to) ? to.response().contentLength() : Response.UNKNOWN;
        relay.begin();
        to.respond();
    }

    /// @param piece borrowed
    /// @throws IOException if it cannot be put aside for a slow client
    void data(Exchange to, ByteBuf piece) throws IOException {
        count(piece.readableBytes());
        relay.data(piece.readRetainedSlice(piece.readableBytes()), to);
    }

    /// Sends a stretch of a file that the worker has open.
    ///
    /// @param process the worker's
    /// @param payload of a FILE frame
    /// @return false if the worker has to send the content itself
    boolean file(Exchange to, long process, ByteBuf payload) {
        if (!relay.isEmpty() || payload.readableBytes() != FileFrames.PAYLOAD_BYTES) {
            return false;
        }
        long length = payload.getLongLE(payload.readerIndex() + Integer.BYTES + Long.BYTES);
        if (!FileFrames.take(to, process, payload)) {
            return false;
        }
        count(length);
        to.output().flush();
        return true;
    }

    private void count(long bytes) {
        if (left != Response.UNKNOWN) {
            left -= bytes;
        }
    }

    /// Passes on what was put aside while the client takes it.
    void drain(Exchange to) throws IOException {
        relay.drain(to);
    }

    /// Whether nothing is put aside.
    boolean isPassedOn() {
        return relay.isEmpty();
    }

    /// Whether less came than the head says.
    boolean isShort() {
        return left > 0;
    }

    /// How many more bytes the worker may send; 0 if that is not worth a frame yet.
    long credit() {
        return relay.credit();
    }

    void clear() {
        relay.clear();
    }
}
