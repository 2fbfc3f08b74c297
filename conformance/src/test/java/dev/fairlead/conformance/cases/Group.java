package dev.fairlead.conformance.cases;

import java.util.List;
import java.util.Map;

/// The cases that share one configuration.
///
/// @param name the file's name without its ending
/// @param config what stands inside `http {}`, with placeholders
/// @param files what exists below the site's root, by path
/// @param replies what the upstreams say, by key
/// @param cases in the order they run
public record Group(
        String name, String config, Map<String, SiteFile> files, Map<String, Script> replies, List<Case> cases) {

    /// @param content each character one byte
    public record SiteFile(String content, boolean folder, Map<String, String> options) {}

    /// @param options what the upstream does besides answering
    /// @param response the bytes to send
    public record Script(Map<String, String> options, String response) {}

    /// @param steps what is sent, in order
    /// @param expectations what makes the name true; checked on the real nginx
    public record Case(String name, Map<String, String> options, List<Step> steps, List<String> expectations) {}

    /// How a request's connection relates to the one before.
    public enum Connection {
        FRESH,
        SAME,
        /// A new one, while the answer on the one before is still awaited.
        MEANWHILE
    }

    /// @param request exactly the bytes to send
    /// @param methods of the requests in it, one answer being awaited for each
    public record Step(Connection connection, String request, List<String> methods) {}
}
