package dev.fairlead.cli.explain;

import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// The request that is asked about.
///
/// @param url with its scheme
/// @param written as it was given
/// @param host as the URL names it, without port and brackets
/// @param port that of the URL, or its scheme's
/// @param hasPort whether the URL names a port
/// @param target path and query, as they would be sent
/// @param fields `Name: value`, beside Host
/// @param from the client's address
/// @param minorVersion of HTTP/1
public record Asked(
        String method,
        String url,
        String written,
        boolean isTls,
        String host,
        int port,
        boolean hasPort,
        String target,
        List<String> fields,
        String from,
        int minorVersion) {
    private static final int HTTP = 80;
    private static final int HTTPS = 443;

    /// @return empty if that is no URL of HTTP
    public static Optional<Asked> of(String method, String url, List<String> fields, String from) {
        String whole = url.contains("://") ? url : "http://" + url;
        try {
            String scheme = whole.substring(0, whole.indexOf("://")).toLowerCase(Locale.ROOT);
            int begin = whole.indexOf("://") + 3;
            int end = begin;
            while (end < whole.length() && "/?#".indexOf(whole.charAt(end)) < 0) {
                end++;
            }
            URI authority = new URI(scheme + "://" + whole.substring(begin, end) + "/");
            if (authority.getHost() == null || !(scheme.equals("http") || scheme.equals("https"))) {
                return Optional.empty();
            }
            boolean isTls = scheme.equals("https");
            boolean hasPort = authority.getPort() >= 0;
            return Optional.of(new Asked(
                    method,
                    whole,
                    url,
                    isTls,
                    authority.getHost().replaceAll("[\\[\\]]", ""),
                    hasPort ? authority.getPort() : isTls ? HTTPS : HTTP,
                    hasPort,
                    target(whole.substring(end)),
                    List.copyOf(fields),
                    from,
                    1));
        } catch (URISyntaxException unsound) {
            return Optional.empty();
        }
    }

    /// Whether it says if TLS is spoken.
    boolean hasScheme() {
        return written.contains("://");
    }

    /// The same with TLS.
    Asked secured() {
        return new Asked(
                method,
                url.replaceFirst("^http:", "https:"),
                written,
                true,
                host,
                port,
                hasPort,
                target,
                fields,
                from,
                minorVersion);
    }

    /// The same by HTTP/1.0.
    public Asked old() {
        return new Asked(method, url, written, isTls, host, port, hasPort, target, fields, from, 0);
    }

    /// As a client sends it: what no URL may hold is encoded, the fragment stays with the client.
    private static String target(String rest) {
        int hash = rest.indexOf('#');
        String sent = hash < 0 ? rest : rest.substring(0, hash);
        StringBuilder out = new StringBuilder(sent.startsWith("/") ? "" : "/");
        for (byte each : sent.getBytes(StandardCharsets.UTF_8)) {
            if (each <= ' ' || each == 0x7f) {
                out.append('%').append(String.format(Locale.ROOT, "%02X", each));
            } else {
                out.append((char) each);
            }
        }
        return out.toString();
    }

    /// Request line and fields as they would be sent.
    byte[] head() {
        StringBuilder head = new StringBuilder(method + " " + target + " HTTP/1." + minorVersion + "\r\n");
        boolean namesHost =
                fields.stream().anyMatch(field -> field.toLowerCase(Locale.ROOT).startsWith("host:"));
        if (!namesHost) {
            String name = host.indexOf(':') >= 0 ? "[" + host + "]" : host;
            head.append("Host: ").append(name).append(hasPort ? ":" + port : "").append("\r\n");
        }
        fields.forEach(field -> head.append(field).append("\r\n"));
        return head.append("\r\n").toString().getBytes(StandardCharsets.UTF_8);
    }
}
