package dev.fairlead.model.http;

import dev.fairlead.model.text.Condition;
import java.time.Duration;
import java.util.Optional;

/// Limits and tolerance in reading request heads.
///
/// @param timeout longest time for a whole head
/// @param bufferSize first buffer in bytes
/// @param largeBuffers how many larger buffers a head may use
/// @param largeBufferSize bytes of each; a request line or a field longer than one is answered 414 or 400
/// @param ignoreInvalidFields whether fields with unusual characters in their name are dropped rather than passed
/// @param underscores whether `_` is usual in field names
/// @param mergeSlashes whether runs of slashes in paths count as one
/// @param pathsAsReceived whether paths are taken byte for byte: nothing in them is decoded, resolved or merged,
///     and nothing in them is wrong
/// @param hostRequired whether a request of HTTP/1.1 without a Host is answered 400
/// @param webSocketKeyRequired whether a request to go on with WebSocket that has no key of 24 characters is
///     answered 400 (RFC 6455, section 4.2.1)
/// @param plainAnswered whether a client that does not speak TLS where it should is told so in plain HTTP; else
///     its connection ends
/// @param late what a client hears whose head was not whole in time
/// @param headed which connections begin with a PROXY protocol header, where the listener does not take one from
///     all; it may ask for what is known of them when they come
public record HeadReading(
        Duration timeout,
        int bufferSize,
        int largeBuffers,
        int largeBufferSize,
        boolean ignoreInvalidFields,
        boolean underscores,
        boolean mergeSlashes,
        boolean pathsAsReceived,
        boolean hostRequired,
        boolean webSocketKeyRequired,
        boolean plainAnswered,
        Late late,
        Optional<Condition> headed) {
    /// What comes before the connection ends.
    public enum Late {
        NOTHING,
        /// 408 where the head has begun.
        ANSWER_IF_BEGUN,
        /// The same, and 408 to a client that has said nothing at all.
        ANSWER;

        /// Whether there is one.
        ///
        /// @param isBegun whether part of a head has come
        /// @param isFirst whether it is, or would be, the connection's first
        public boolean answers(boolean isBegun, boolean isFirst) {
            return isBegun ? this != NOTHING : isFirst && this == ANSWER;
        }
    }

    /// Paths are normalised, a Host is required, and no connection begins with a header unless all do.
    public HeadReading(
            Duration timeout,
            int bufferSize,
            int largeBuffers,
            int largeBufferSize,
            boolean ignoreInvalidFields,
            boolean underscores,
            boolean mergeSlashes) {
        this(
                timeout,
                bufferSize,
                largeBuffers,
                largeBufferSize,
                ignoreInvalidFields,
                underscores,
                mergeSlashes,
                false,
                true,
                false,
                true,
                Late.NOTHING,
                Optional.empty());
    }
}
