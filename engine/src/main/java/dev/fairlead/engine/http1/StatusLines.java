package dev.fairlead.engine.http1;

import java.nio.charset.StandardCharsets;
import java.util.Map;

/// Status lines, whole, with the reason phrases that nginx's clients are used to.
final class StatusLines {
    private static final byte[][] LINES = new byte[1000][];
    private static final Map<Integer, byte[]> STANDARD = Map.of(
            302, line(302, "Found"),
            405, line(405, "Method Not Allowed"),
            413, line(413, "Payload Too Large"),
            503, line(503, "Service Unavailable"));

    static {
        for (int status = 0; status < LINES.length; status++) {
            String line = "HTTP/1.1 " + (1000 + status + "").substring(1) + " " + reason(status) + "\r\n";
            LINES[status] = line.getBytes(StandardCharsets.ISO_8859_1);
        }
    }

    private StatusLines() {}

    /// @param status 0 to 999
    static byte[] of(int status) {
        return LINES[status];
    }

    /// With the reason phrases of RFC 9110 where those of nginx are others.
    static byte[] standard(int status) {
        byte[] other = STANDARD.get(status);
        return other == null ? LINES[status] : other;
    }

    private static byte[] line(int status, String reason) {
        return ("HTTP/1.1 " + status + " " + reason + "\r\n").getBytes(StandardCharsets.ISO_8859_1);
    }

    /// Empty for a status nobody agreed on.
    private static String reason(int status) {
        return status < 400 ? ofSuccess(status) : ofFailure(status);
    }

    private static String ofSuccess(int status) {
        return switch (status) {
            case 100 -> "Continue";
            case 101 -> "Switching Protocols";
            case 102 -> "Processing";
            case 103 -> "Early Hints";
            case 200 -> "OK";
            case 201 -> "Created";
            case 202 -> "Accepted";
            case 204 -> "No Content";
            case 206 -> "Partial Content";
            case 301 -> "Moved Permanently";
            case 302 -> "Moved Temporarily";
            case 303 -> "See Other";
            case 304 -> "Not Modified";
            case 307 -> "Temporary Redirect";
            case 308 -> "Permanent Redirect";
            default -> "";
        };
    }

    private static String ofFailure(int status) {
        return switch (status) {
            case 400 -> "Bad Request";
            case 401 -> "Unauthorized";
            case 402 -> "Payment Required";
            case 403 -> "Forbidden";
            case 404 -> "Not Found";
            case 405 -> "Not Allowed";
            case 406 -> "Not Acceptable";
            case 408 -> "Request Time-out";
            case 409 -> "Conflict";
            case 410 -> "Gone";
            case 411 -> "Length Required";
            case 412 -> "Precondition Failed";
            case 413 -> "Request Entity Too Large";
            case 414 -> "Request-URI Too Large";
            case 415 -> "Unsupported Media Type";
            case 416 -> "Requested Range Not Satisfiable";
            case 421 -> "Misdirected Request";
            case 429 -> "Too Many Requests";
            case 500 -> "Internal Server Error";
            case 501 -> "Not Implemented";
            case 502 -> "Bad Gateway";
            case 503 -> "Service Temporarily Unavailable";
            case 504 -> "Gateway Time-out";
            case 505 -> "HTTP Version Not Supported";
            case 507 -> "Insufficient Storage";
            default -> "";
        };
    }
}
