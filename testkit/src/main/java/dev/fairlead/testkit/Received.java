package dev.fairlead.testkit;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/// A request as a [Peer] got it.
///
/// @param connection which of the peer's connections it came over, counted from 0
/// @param requestLine without its line end
/// @param headers in the order received
/// @param body with the chunks put together, each byte as one character
/// @param trailers what came after the last chunk
public record Received(int connection, String requestLine, List<Header> headers, String body, List<Header> trailers) {
    public String method() {
        return requestLine.split(" ", -1)[0];
    }

    public String target() {
        String[] parts = requestLine.split(" ", -1);
        return parts.length > 1 ? parts[1] : "";
    }

    public Optional<String> header(String name) {
        return headers.stream()
                .filter(header -> header.is(name))
                .map(Header::value)
                .findFirst();
    }

    public byte[] bytes() {
        return body.getBytes(StandardCharsets.ISO_8859_1);
    }
}
