package dev.fairlead.dialect.pound;

import java.util.List;
import java.util.Map;

/// The small pages that errors are answered with where the configuration names none.
final class ErrorTexts {
    private static final Map<Integer, List<String>> TEXTS = Map.ofEntries(
            Map.entry(400, List.of("Bad Request", "The request is not one of HTTP.")),
            Map.entry(401, List.of("Unauthorized", "A user and a password are needed here.")),
            Map.entry(403, List.of("Forbidden", "This is not for you.")),
            Map.entry(404, List.of("Not Found", "There is nothing of that name.")),
            Map.entry(405, List.of("Method Not Allowed", "That cannot be done to this.")),
            Map.entry(408, List.of("Request Timeout", "The request took too long to come.")),
            Map.entry(413, List.of("Payload Too Large", "The request is too large.")),
            Map.entry(414, List.of("URI Too Long", "The address is too long.")),
            Map.entry(500, List.of("Internal Server Error", "Something went wrong. Please try again later.")),
            Map.entry(501, List.of("Not Implemented", "This method may not be used.")),
            Map.entry(503, List.of("Service Unavailable", "The service is not there. Please try again later.")));

    private ErrorTexts() {}

    static String page(int status) {
        List<String> text = TEXTS.getOrDefault(status, List.of("Error", "Something went wrong."));
        String title = status + " " + text.getFirst();
        return "<!DOCTYPE html><html><head><title>" + title + "</title></head><body><h1>" + title + "</h1><p>"
                + text.getLast() + "</p></body></html>\n";
    }
}
