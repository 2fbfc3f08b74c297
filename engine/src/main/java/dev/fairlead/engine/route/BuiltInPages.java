package dev.fairlead.engine.route;

import dev.fairlead.engine.http.Exchange;
import dev.fairlead.engine.http.Program;
import dev.fairlead.engine.http.field.FieldName;
import dev.fairlead.model.http.ErrorPages;
import dev.fairlead.model.http.ResponseHeaders;
import java.util.HashMap;
import java.util.Map;

/// The pages for errors and redirects that nobody has made a page for, byte for byte those of nginx but for the
/// program's name.
final class BuiltInPages {
    private static final Map<Integer, String> TITLES = new HashMap<>();
    private static final Map<Integer, String> EXPLANATIONS = Map.of(
            494, "Request Header Or Cookie Too Large",
            495, "The SSL certificate error",
            496, "No required SSL certificate was sent",
            497, "The plain HTTP request was sent to HTTPS port");
    private static final String PADDING =
            "<!-- a padding to disable MSIE and Chrome friendly error page -->\r\n".repeat(6);

    static {
        title(301, "301 Moved Permanently");
        title(302, "302 Found");
        title(303, "303 See Other");
        title(307, "307 Temporary Redirect");
        title(308, "308 Permanent Redirect");
        title(400, "400 Bad Request");
        title(401, "401 Authorization Required");
        title(402, "402 Payment Required");
        title(403, "403 Forbidden");
        title(404, "404 Not Found");
        title(405, "405 Not Allowed");
        title(406, "406 Not Acceptable");
        title(408, "408 Request Time-out");
        title(409, "409 Conflict");
        title(410, "410 Gone");
        title(411, "411 Length Required");
        title(412, "412 Precondition Failed");
        title(413, "413 Request Entity Too Large");
        title(414, "414 Request-URI Too Large");
        title(415, "415 Unsupported Media Type");
        title(416, "416 Requested Range Not Satisfiable");
        title(421, "421 Misdirected Request");
        title(429, "429 Too Many Requests");
        title(494, "400 Request Header Or Cookie Too Large");
        title(495, "400 The SSL certificate error");
        title(496, "400 No required SSL certificate was sent");
        title(497, "400 The plain HTTP request was sent to HTTPS port");
        title(498, "404 Not Found");
        title(500, "500 Internal Server Error");
        title(501, "501 Not Implemented");
        title(502, "502 Bad Gateway");
        title(503, "503 Service Temporarily Unavailable");
        title(504, "504 Gateway Time-out");
        title(505, "505 HTTP Version Not Supported");
        title(507, "507 Insufficient Storage");
    }

    private BuiltInPages() {}

    private static void title(int status, String title) {
        TITLES.put(status, title);
    }

    /// Whether pages are those of [SentencePages].
    static boolean haveSentences(Exchange exchange) {
        return exchange.place().settings().errorPages().builtIn() == ErrorPages.BuiltIn.WITH_SENTENCE;
    }

    /// The page; empty for a status that has none.
    static String page(int status, Exchange exchange) {
        String title = TITLES.get(status);
        if (title == null) {
            return "";
        }
        String explanation = EXPLANATIONS.get(status);
        String heading = explanation == null ? title : "400 Bad Request";
        StringBuilder page = new StringBuilder(256)
                .append("<html>\r\n<head><title>")
                .append(title)
                .append("</title></head>\r\n<body>\r\n<center><h1>")
                .append(heading)
                .append("</h1></center>\r\n");
        if (explanation != null) {
            page.append("<center>").append(explanation).append("</center>\r\n");
        }
        page.append("<hr><center>").append(programName(exchange)).append("</center>\r\n</body>\r\n</html>\r\n");
        if (status >= 400 && isPadded(exchange)) {
            page.append(PADDING);
        }
        return page.toString();
    }

    private static String programName(Exchange exchange) {
        ResponseHeaders.ServerField field =
                exchange.place().settings().responseHeaders().server();
        return switch (field) {
            case NAME -> Program.NAME;
            case NAME_AND_VERSION, NAME_AND_BUILD -> Program.NAME_AND_VERSION;
            case NONE -> Program.NAME;
        };
    }

    /// Internet Explorer and Chrome show a page of their own instead of a short one.
    private static boolean isPadded(Exchange exchange) {
        if (!exchange.place().settings().errorPages().paddedForOldBrowsers()) {
            return false;
        }
        String agent = exchange.head().fields().value(FieldName.USER_AGENT);
        if (agent.isEmpty()) {
            return false;
        }
        int msie = agent.indexOf("MSIE ");
        boolean isOpera = agent.contains("Opera");
        boolean isMsie = msie >= 0 && msie + 7 < agent.length() && !isOpera;
        boolean isChrome = !isMsie && !isOpera && !agent.contains("Gecko/") && agent.contains("Chrome/");
        return isMsie || isChrome;
    }
}
