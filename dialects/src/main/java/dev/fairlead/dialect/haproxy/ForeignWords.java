package dev.fairlead.dialect.haproxy;

import dev.fairlead.dialect.haproxy.syntax.Line;
import dev.fairlead.dialect.haproxy.syntax.Word;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What words of other programs and of older versions are called in HAProxy today.
final class ForeignWords {
    private static final Map<String, String> NGINX = Map.ofEntries(
            Map.entry("server_name", "an acl and use_backend: acl is_shop hdr(host) -i shop.example"),
            Map.entry("location", "an acl and use_backend: use_backend app if { path_beg /app }"),
            Map.entry("proxy_pass", "a backend with a server line, and default_backend in the frontend"),
            Map.entry("upstream", "a section of its own: backend NAME"),
            Map.entry("listen", "a line: bind :80"),
            Map.entry("proxy_set_header", "http-request set-header NAME VALUE"),
            Map.entry("proxy_read_timeout", "timeout server 60s"),
            Map.entry("proxy_send_timeout", "timeout server 60s"),
            Map.entry("proxy_connect_timeout", "timeout connect 4s"),
            Map.entry("keepalive_timeout", "timeout http-keep-alive 10s"),
            Map.entry("client_header_timeout", "timeout http-request 10s"),
            Map.entry("add_header", "http-response set-header NAME VALUE"),
            Map.entry("return", "http-request redirect or http-request return"),
            Map.entry("rewrite", "http-request replace-path REGEX REPLACEMENT"),
            Map.entry("allow", "http-request deny unless { src NETWORK }"),
            Map.entry("deny", "http-request deny if { src NETWORK }"),
            Map.entry("ssl_certificate", "bind :443 ssl crt FILE, with certificate and key in one file"),
            Map.entry("ssl_certificate_key", "bind :443 ssl crt FILE, with certificate and key in one file"),
            Map.entry("ssl_protocols", "bind :443 ssl crt FILE ssl-min-ver TLSv1.2"),
            Map.entry("access_log", "log ADDRESS FACILITY in global, log global and option httplog in defaults"),
            Map.entry("error_page", "errorfile STATUS FILE"),
            Map.entry("worker_connections", "maxconn NUMBER in global"),
            Map.entry("worker_processes", "nbthread NUMBER in global"),
            Map.entry("gzip", "compression algo gzip"),
            Map.entry("limit_req", "a stick-table with http_req_rate, and http-request deny"),
            Map.entry("root", "a web server behind it: no files are served here"),
            Map.entry("try_files", "a web server behind it: no files are served here"),
            Map.entry("expires", "http-response set-header Cache-Control max-age=N"),
            Map.entry("include", "several -f on the command line, each a file or a folder"));

    private ForeignWords() {}

    /// What to write instead of a line that is not known, where that can be told.
    static Optional<String> hint(Line line) {
        String first = line.first().text();
        String bare = first.endsWith(";") ? first.substring(0, first.length() - 1) : first;
        String last = line.word(line.count() - 1).text();
        boolean isBlock = last.endsWith(";") || last.equals("{") || bare.equals("}");
        String meant = NGINX.get(bare);
        if (meant != null && (isBlock || !bare.matches("allow|deny|return|root|listen"))) {
            return Optional.of("that is nginx's; here it is " + meant);
        }
        return isBlock
                ? Optional.of("lines end without a semicolon here, and sections have no braces")
                : Optional.empty();
    }

    /// Whether a line opens a block of nginx's rather than a section.
    static boolean isNginx(Line line) {
        return line.first().is("listen") && line.word(line.count() - 1).text().endsWith(";");
    }

    /// Today's form of a line that is gone since 2.1.
    static Optional<String> today(String name, List<Word> args) {
        if (args.isEmpty()) {
            return Optional.empty();
        }
        String side = name.startsWith("rsp") ? "http-response" : "http-request";
        String text = args.getFirst().text();
        String condition =
                args.size() > 1 && (args.get(1).is("if") || args.get(1).is("unless"))
                        ? " " + Line.joined(args.subList(1, args.size()))
                        : "";
        int colon = text.indexOf(':');
        String field =
                colon < 0 ? "" : text.substring(0, colon).replace("^", "").replace("\\", "");
        boolean isField = field.matches("[A-Za-z0-9-]+");
        return switch (name) {
            case "block" -> Optional.of("http-request deny " + Line.joined(args));
            case "reqadd", "rspadd" ->
                Optional.of(side + " add-header " + field + " "
                                + quoted(text.substring(colon + 1).strip()) + condition)
                        .filter(line -> isField);
            case "reqdel", "reqidel", "rspdel", "rspidel" ->
                Optional.of(side + " del-header " + field + condition).filter(line -> isField);
            case "reqrep", "reqirep", "rsprep", "rspirep" ->
                Optional.of(
                        isField
                                ? side + " replace-header " + field + " REGEX TEXT"
                                : side.equals("http-request")
                                        ? "http-request replace-path REGEX TEXT"
                                        : "http-response set-status STATUS");
            case "reqdeny", "reqideny" -> Optional.of("http-request deny if { path_reg REGEX }");
            default -> Optional.empty();
        };
    }

    private static String quoted(String text) {
        return text.matches("\\S+") ? text : "\"" + text + "\"";
    }
}
