package dev.fairlead.model.http;

import java.util.List;
import java.util.Set;

/// Compression of responses with gzip while they are sent.
///
/// @param types content types that are compressed; `*` for all
/// @param level 1 to 9
/// @param minLength responses that say a smaller length are left alone, in bytes
/// @param http10 whether HTTP/1.0 clients get it too
/// @param proxied which responses to requests that came through a proxy (with a Via field) are compressed
/// @param vary whether `Vary: Accept-Encoding` is sent
/// @param disabled browsers, by expressions over User-Agent, that do not get it
/// @param gunzip whether a compressed response is expanded for clients that cannot
public record Compression(
        boolean enabled,
        Set<String> types,
        int level,
        long minLength,
        boolean http10,
        Set<Proxied> proxied,
        boolean vary,
        List<Regex> disabled,
        boolean gunzip) {

    /// A reason to compress the response to a proxied request.
    public enum Proxied {
        EXPIRED,
        NO_CACHE,
        NO_STORE,
        PRIVATE,
        NO_LAST_MODIFIED,
        NO_ETAG,
        AUTHORISED,
        ANY
    }
}
