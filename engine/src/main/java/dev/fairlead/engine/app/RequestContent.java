package dev.fairlead.engine.app;

import dev.fairlead.engine.http.Exchange;
import dev.fairlead.engine.http.field.FieldName;
import dev.fairlead.engine.upstream.HeldBody;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;

/// The body of a request on its way to a worker: first what goes with the request itself, then what the
/// worker asks
/// for. Belongs to the exchange's event loop.
sealed interface RequestContent permits RequestContent.None, WholeContent, StreamedContent {
    /// The most that goes with the request itself.
    int INLINE_BYTES = 64 * 1024;

    /// The most that answers one question for more.
    int PIECE_BYTES = 256 * 1024;

    /// Who sends the request.
    interface Owner {
        /// The request can be sent.
        void contentReady();

        /// There will be no complete body, whether the request was sent or not. Told once; the content is
        /// still to
        /// be released.
        ///
        /// @param status what the client has to be answered; 0 if it is gone
        void contentFailed(int status);
    }

    /// Who asked for more of the body.
    interface Reader {
        /// @param data owned by the reader
        /// @param isLast whether this completes the body
        void piece(ByteBuf data, boolean isLast);

        /// The body will not be complete.
        void broken();
    }

    /// The content of a request. Nothing is read from the client before [#begin].
    ///
    /// @param isWhole whether all of the body shall be here before the request is sent
    static RequestContent of(Exchange exchange, boolean isWhole) {
        if (!exchange.body().isExpected()) {
            return None.NONE;
        }
        if (exchange.keptBody() instanceof HeldBody kept && kept.isComplete()) {
            return new WholeContent(exchange, kept);
        }
        if (exchange.isBodyTaken()) {
            // It went elsewhere and nobody kept it.
            return None.NONE;
        }
        return isWhole ? new WholeContent(exchange) : new StreamedContent(exchange);
    }

    /// Whether the client waits for leave to send the body.
    static boolean isLeaveAwaited(Exchange exchange) {
        return exchange.head().minorVersion() > 0 && exchange.head().fields().has(FieldName.EXPECT);
    }

    /// Starts to take the body in. The owner may hear of it before this returns.
    void begin(Owner owner);

    /// What goes with the request itself; stays as it is and with this. The same each time until [#release].
    ByteBuf inline();

    /// Whether that is all of the body.
    boolean isInlineAll();

    /// Answers one question for more, perhaps later. What follows [#inline] is given piece by piece.
    ///
    /// @param most bytes; a piece never has more than [#PIECE_BYTES]
    void read(int most, Reader reader);

    /// Makes it all new for another worker.
    ///
    /// @return false if a part of it was given away for good
    boolean rewind();

    /// Lets go of everything. What the client still sends is dropped.
    void release();

    /// A request without a body.
    enum None implements RequestContent {
        NONE;

        @Override
        public void begin(Owner owner) {
            owner.contentReady();
        }

        @Override
        public ByteBuf inline() {
            return Unpooled.EMPTY_BUFFER;
        }

        @Override
        public boolean isInlineAll() {
            return true;
        }

        @Override
        public void read(int most, Reader reader) {
            reader.piece(Unpooled.EMPTY_BUFFER, true);
        }

        @Override
        public boolean rewind() {
            return true;
        }

        @Override
        public void release() {}
    }
}
