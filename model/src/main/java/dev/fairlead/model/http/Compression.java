package dev.fairlead.model.http;

import dev.fairlead.model.text.Regex;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Compression of responses while they are sent: with gzip, or with the coding that a client likes best.
///
/// @param types content types that are compressed; `*` for all
/// @param level 1 to 9
/// @param minLength responses that say a smaller length are left alone, in bytes
/// @param http10 whether HTTP/1.0 clients get it too
/// @param proxied which responses to requests that came through a proxy (with a Via field) are compressed
/// @param vary whether `Vary: Accept-Encoding` is sent
/// @param disabled browsers, by expressions over User-Agent, that do not get it
/// @param gunzip whether a compressed response is expanded for clients that cannot
/// @param choice where there is one, it decides alone, by types and level: which answers of servers are
///     compressed and how
public record Compression(
        boolean enabled,
        Set<String> types,
        int level,
        long minLength,
        boolean http10,
        Set<Proxied> proxied,
        boolean vary,
        List<Regex> disabled,
        boolean gunzip,
        Optional<Choice> choice) {
    /// Nothing is compressed.
    public static final Compression NONE =
            new Compression(false, Set.of(), 1, 0, false, Set.of(), false, List.of(), false);

    /// With gzip alone.
    public Compression(
            boolean enabled,
            Set<String> types,
            int level,
            long minLength,
            boolean http10,
            Set<Proxied> proxied,
            boolean vary,
            List<Regex> disabled,
            boolean gunzip) {
        this(enabled, types, level, minLength, http10, proxied, vary, disabled, gunzip, Optional.empty());
    }

    /// By the weights in Accept-Encoding (RFC 9110, section 12.5.3): answers of servers in HTTP/1.1 to requests
    /// in HTTP/1.1 with status 200 to 203, unless they are encoded already, of several parts, or say
    /// `no-transform`. `Vary: Accept-Encoding` is sent with those that are compressed.
    ///
    /// @param codings in the order of preference among those that a client takes by `*`
    /// @param types what content types begin with, in any case; empty for all
    public record Choice(List<Coding> codings, List<String> types) {}

    /// A way to compress.
    public enum Coding {
        /// Nothing is changed, but the answer is sent as if it were compressed.
        IDENTITY,
        GZIP,
        /// With a header and a checksum (RFC 1950).
        DEFLATE,
        /// Without them (RFC 1951); called `deflate` all the same.
        RAW_DEFLATE
    }

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
