package dev.fairlead.engine.route;

import dev.fairlead.engine.http.field.FieldName;
import java.util.Map;

/// Pages for errors that are the status and a sentence about it, byte for byte those of HAProxy, because checks
/// of monitoring programs look for them.
final class SentencePages {
    static final FieldName CACHE_CONTROL = FieldName.of("cache-control");

    private record Page(String reason, String sentence) {}

    private static final Page OTHER = new Page("Internal Server Error", "An internal server error occurred.");
    private static final Map<Integer, Page> PAGES = Map.ofEntries(
            Map.entry(200, new Page("OK", "Service ready.")),
            Map.entry(400, new Page("Bad request", "Your browser sent an invalid request.")),
            Map.entry(401, new Page("Unauthorized", "You need a valid user and password to access this content.")),
            Map.entry(403, new Page("Forbidden", "Request forbidden by administrative rules.")),
            Map.entry(404, new Page("Not Found", "The resource could not be found.")),
            Map.entry(
                    405,
                    new Page(
                            "Method Not Allowed",
                            "A request was made of a resource using a request method not supported by that"
                                    + " resource")),
            Map.entry(407, new Page("Unauthorized", "You need a valid user and password to access this content.")),
            Map.entry(408, new Page("Request Time-out", "Your browser didn't send a complete request in time.")),
            Map.entry(410, new Page("Gone", "The resource is no longer available and will not be available again.")),
            Map.entry(413, new Page("Payload Too Large", "The request entity exceeds the maximum allowed.")),
            Map.entry(421, new Page("Misdirected Request", "Request sent to a non-authoritative server.")),
            Map.entry(422, new Page("Unprocessable Content", "The server cannot process the contained instructions.")),
            Map.entry(425, new Page("Too Early", "Your browser sent early data.")),
            Map.entry(429, new Page("Too Many Requests", "You have sent too many requests in a given amount of time.")),
            Map.entry(500, OTHER),
            Map.entry(
                    501,
                    new Page(
                            "Not Implemented",
                            "The server does not support the functionality required to fulfill the request.")),
            Map.entry(502, new Page("Bad Gateway", "The server returned an invalid or incomplete response.")),
            Map.entry(503, new Page("Service Unavailable", "No server is available to handle this request.")),
            Map.entry(504, new Page("Gateway Time-out", "The server didn't respond in time.")));

    private SentencePages() {}

    /// The phrase behind the status.
    static String reason(int status) {
        return PAGES.getOrDefault(status, OTHER).reason();
    }

    static String page(int status) {
        Page page = PAGES.getOrDefault(status, OTHER);
        int shown = PAGES.containsKey(status) ? status : 500;
        return "<html><body><h1>" + shown + " " + page.reason() + "</h1>\n" + page.sentence() + "\n</body></html>\n";
    }
}
