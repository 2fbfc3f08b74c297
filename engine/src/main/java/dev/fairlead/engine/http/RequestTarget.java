package dev.fairlead.engine.http;

/// A request target, taken apart once and shared by all requests that send the same bytes.
///
/// @param raw as received; a byte a character
/// @param path decoded, dot segments removed, runs of slashes merged where the virtual host says so; `*` for the
///     asterisk form, empty for the authority form
/// @param query what follows the first `?`, as received; empty if there is none
/// @param hasQuery whether there is a `?`
/// @param authority host and port of the absolute or authority form, as received; empty otherwise
/// @param rawPathAndQuery what an upstream gets to see unless the path was changed
/// @param plain whether `path` is just the raw path: nothing was decoded, removed or merged
public record RequestTarget(
        String raw,
        String path,
        String query,
        boolean hasQuery,
        String authority,
        String rawPathAndQuery,
        boolean plain) {}
