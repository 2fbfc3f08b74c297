package dev.fairlead.conformance.nginx;

import dev.fairlead.conformance.Difference;
import java.util.List;

/// Where Fairlead answers otherwise than nginx 1.22 and is meant to. The only such list; `docs/differences.md`
/// is its mirror. Cases are matched by `group: name`.
final class AllowedDifference {
    static final List<Difference> ALL = List.of(
            Difference.of(
                    "Bare line feeds and headers without a colon are refused",
                    "http1: (a line feed alone ends a line|a header without a colon)",
                    ".*",
                    """
                    nginx takes a line feed alone for a line's end and drops a header line without a colon. Servers that disagree on
                    where a line ends can be made to disagree on where a request ends, so RFC 9112 (sections 2.2 and 5) lets a server
                    refuse both. Fairlead answers 400."""),
            Difference.of(
                    "HTTP/0.9 is not spoken",
                    "http1: HTTP/0\\.9|proxy: (an upstream's garbage|an answer without a head)|balancing: an answer that is no HTTP.*",
                    ".*",
                    """
                    A request line without a version is answered with 400, and an upstream's answer without a status line with 502
                    (and counts as `invalid_header`). nginx takes both for HTTP/0.9 and passes on whatever came, without status or headers."""),
            Difference.of(
                    "An upstream's contradictory answer is refused",
                    "proxy: (two lengths|a length and chunks|a header line without a colon)",
                    ".*",
                    """
                    Two different lengths, a length together with chunks, or a header line without a colon in an upstream's answer are a 502.
                    nginx picks one of the two and passes the rest on, which lets an answer be split in two."""),
            Difference.of(
                    "Versions are single digits, and above HTTP/1.1 all are HTTP/1.1",
                    "http1: HTTP/1(1\\.1|\\.\\d+)",
                    ".*",
                    """
                    RFC 9112 writes a version as one digit, a dot and one digit, so `HTTP/11.1` and `HTTP/1.10` are 400. For `HTTP/1.2` the variable
                    `$server_protocol` holds the version that is spoken, HTTP/1.1; nginx repeats what the client wrote."""),
            Difference.of(
                    "CONNECT and OPTIONS *", "(http1|proxy): (CONNECT|CONNECT is refused|an asterisk)", ".*", """
                    Neither program offers a tunnel or has an answer to `OPTIONS *`. Both refuse; where nginx says 400 Fairlead may say 405, and the other way round."""),
            Difference.of(
                    "Tabs around a header's value are not part of it", "http1: a tab before a header value", ".*", """
                    RFC 9112 counts spaces and tabs around a value as white space. nginx drops the spaces only."""),
            Difference.of(
                    "A header sent several times is one list",
                    "http1: two values of a header|variables: a header sent twice",
                    ".*",
                    """
                    `$http_NAME` holds all values, joined with a comma, as in nginx since 1.23. nginx 1.22 shows the first alone."""),
            Difference.of(
                    "Only http and https in a request's target",
                    "http1: an absolute target of another scheme",
                    ".*",
                    """
                    A target such as `ftp://host/` is answered with 400. nginx ignores what the scheme is."""),
            Difference.of(
                    "103 Early Hints are passed on as they came",
                    "proxy: 103 is passed by nobody in nginx 1.22",
                    ".*",
                    """
                    An upstream's 103 reaches the client before the answer itself. nginx 1.22 takes it for the answer."""),
            Difference.of("204 has no Content-Length", "proxy: 204", ".* header Content-Length", """
                    RFC 9110 forbids it (section 8.6), so an upstream's is dropped. nginx passes it on."""),
            Difference.of(
                    "A missing reason phrase is filled in", "proxy: a status line without a reason", ".* status", """
                    When an upstream answers `HTTP/1.1 200` and no more, the client gets `200 OK`."""),
            Difference.of(
                    "100 Continue is only sent for a body that is wanted",
                    "http1: Expect where nobody reads the body",
                    ".* interim",
                    """
                    Where the answer does not need the body, as with `return`, it is sent at once. nginx first invites the client to send the body
                    and then throws it away."""),
            Difference.of(
                    "A host is a name or an address, and a port is a number",
                    "servers: a host (with a bad port|that starts with a dot)",
                    ".*",
                    """
                    `Host: name:port` with letters for the port is answered with 400, and `.name` is not taken for a part of `*.name`.
                    nginx accepts both."""));

    private AllowedDifference() {}
}
