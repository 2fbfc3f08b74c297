package dev.fairlead.engine.stream;

import dev.fairlead.model.stream.StreamForward;
import io.netty.buffer.ByteBuf;
import org.jspecify.annotations.Nullable;

/// How fast the two sides of a [Relay] may be read.
///
/// @param upload of the client's bytes; null for as fast as they come
/// @param download of the server's
record Pacing(@Nullable PacedInput upload, @Nullable PacedInput download) {
    static final Pacing NONE = new Pacing(null, null);

    /// @param client has the client read, or not
    /// @param server the same of the server
    static Pacing of(
            StreamForward.Rates rates,
            StreamSession session,
            ServerSide side,
            StreamLoop loop,
            Runnable client,
            Runnable server) {
        if (rates.equals(StreamForward.Rates.UNLIMITED)) {
            return NONE;
        }
        return new Pacing(
                PacedInput.before(session, session.context(), rates.upload(), loop, client),
                PacedInput.before(side, side.context(), rates.download(), loop, server));
    }

    boolean mayUpload() {
        return upload == null || upload.isFree();
    }

    boolean mayDownload() {
        return download == null || download.isFree();
    }

    /// Takes what came before the two sides stood.
    ///
    /// @param behind what to do once it is passed on
    /// @return whether it was taken: the client's bytes have a pace
    boolean takes(@Nullable ByteBuf early, Runnable behind) {
        if (upload == null) {
            return false;
        }
        upload.early(early, behind);
        return true;
    }

    /// How long nothing is passed on at most from now on, because of us.
    long waitNanos() {
        return Math.max(upload == null ? 0 : upload.waitNanos(), download == null ? 0 : download.waitNanos());
    }

    void end() {
        if (upload != null) {
            upload.end();
        }
        if (download != null) {
            download.end();
        }
    }
}
