package dev.fairlead.model.http;

import java.time.Duration;

/// Limits and tolerance in reading request heads.
///
/// @param timeout longest time for a whole head; then 408
/// @param bufferSize first buffer in bytes
/// @param largeBuffers how many larger buffers a head may use
/// @param largeBufferSize bytes of each; a request line or a field longer than one is answered 414 or 400
/// @param ignoreInvalidFields whether fields with unusual characters in their name are dropped rather than passed
/// @param underscores whether `_` is usual in field names
/// @param mergeSlashes whether runs of slashes in paths count as one
/// @param pathsAsReceived whether paths are taken byte for byte: nothing in them is decoded, resolved or merged,
///     and nothing in them is wrong
/// @param hostRequired whether a request of HTTP/1.1 without a Host is answered 400
public record HeadReading(
        Duration timeout,
        int bufferSize,
        int largeBuffers,
        int largeBufferSize,
        boolean ignoreInvalidFields,
        boolean underscores,
        boolean mergeSlashes,
        boolean pathsAsReceived,
        boolean hostRequired) {
    /// Paths are normalised, and a Host is required.
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
                true);
    }
}
