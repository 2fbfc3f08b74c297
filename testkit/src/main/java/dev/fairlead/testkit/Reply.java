package dev.fairlead.testkit;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/// A response as it came over the wire.
///
/// @param statusLine without its line end
/// @param headers in the order received
/// @param body with the chunks put together, each byte as one character
/// @param chunked whether the body came in chunks
/// @param trailers what came after the last chunk
/// @param interim the 1xx responses before this one
/// @param ending how the body's end was told
public record Reply(
        String statusLine,
        List<Header> headers,
        String body,
        boolean chunked,
        List<Header> trailers,
        List<Reply> interim,
        Ending ending) {

    /// How the end of a body was told.
    public enum Ending {
        /// By length, by the last chunk, or by there being no body.
        FRAMED,
        /// By the connection's end, as HTTP/1.0 does.
        CLOSED,
        /// The connection ended before the announced length or last chunk.
        CUT_SHORT
    }

    public int status() {
        return Integer.parseInt(statusLine.substring(9, 12));
    }

    public byte[] bytes() {
        return body.getBytes(StandardCharsets.ISO_8859_1);
    }

    public Optional<String> header(String name) {
        return headers.stream()
                .filter(header -> header.is(name))
                .map(Header::value)
                .findFirst();
    }

    public List<String> all(String name) {
        return headers.stream()
                .filter(header -> header.is(name))
                .map(Header::value)
                .toList();
    }
}
