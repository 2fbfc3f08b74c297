package dev.fairlead.conformance.haproxy;

import dev.fairlead.conformance.Difference;
import java.util.List;

/// Where Fairlead answers otherwise than HAProxy 2.6 and is meant to. The only such list; `docs/differences.md`
/// is its mirror.
final class AllowedDifference {
    static final List<Difference> ALL = List.of(
            Difference.of(
                    "Error files are answered in HTTP/1.1",
                    "answers: (deny with a status that has a file|no server at all|errors from a section)",
                    "#1 (status|framing|header (connection|content-length))",
                    """
                    The status line of a file counts for its number only, and its answer has a Content-Length. HAProxy sends the line as it
                    stands, mostly HTTP/1.0, and closes the connection behind it.\
                    """),
            Difference.of(
                    "Fields about a connection end with it",
                    "proxy: (hop-by-hop fields|TE and trailers)",
                    "upstream",
                    """
                    Keep-Alive, TE and the names in Connection are about the client's connection (RFC 9110, section 7.6.1) and are not passed on.
                    HAProxy drops `close` and `keep-alive` from Connection and passes the rest.\
                    """),
            Difference.of(
                    "Servers are asked in HTTP/1.1",
                    "((proxy|compression|logs): (an old client( with a host)?|chunks for an old client)"
                            + "|logs: of its own format, nothing captured|routing: HTTP/1\\.0)",
                    ".*",
                    """
                    Whatever a client speaks, servers see HTTP/1.1, and a client of HTTP/1.0 gets no chunks. HAProxy asks servers in the
                    client's version and passes chunks to clients that do not know them.\
                    """),
            Difference.of(
                    "Answers of unknown length are chunked",
                    "proxy: an answer (up to the end of the connection|of HTTP/1\\.0)",
                    "#1 (framing|status|header (connection|transfer-encoding))",
                    """
                    A client of HTTP/1.1 gets an answer whose server says no length in chunks and with the status line of HTTP/1.1, so that a
                    cut answer can be told from a whole one. HAProxy passes version and framing as they came.\
                    """),
            Difference.of("A kept connection that ends is no failure", "proxy: a server says nothing", "upstream", """
                When a server ends a connection that was kept for it before it says anything to a GET, the request is sent once more
                on a new one, `retry-on` or not: the server may just have tired of waiting. HAProxy answers 502.\
                """),
            Difference.of("Error files hold for late heads too", "late: a file for it", "#1 .*", """
                A client whose head is not whole in time is answered with the file that `errorfile 408` names. HAProxy keeps its
                own text for it.\
                """),
            Difference.of("TRACE is refused", "routing: TRACE", ".*", """
                TRACE shows a script what fields a proxy has added, passwords among them. It is answered with 405; HAProxy passes it on.\
                """),
            Difference.of(
                    "Metrics that are not counted have no number",
                    "metrics: .*",
                    "#\\d metric haproxy_\\w+_(http_comp_bytes_bypassed|denied_connections|denied_sessions"
                            + "|failed_header_rewriting|internal_errors)_total\\{.*",
                    """
                    What nobody counts is NaN among the metrics of `prometheus-exporter`, which Prometheus takes for no value: connections
                    and sessions that rules refuse, failed rewrites, internal errors, bytes left uncompressed, TLS sessions, the run queue
                    and idle time. HAProxy has numbers there. There are no metrics of single addresses (`option socket-stats`).\
                    """),
            Difference.of(
                    "A request counts when it ends",
                    "metrics: .*",
                    "#\\d metric haproxy_frontend_(http|intercepted|sessions|connections_total).*\"scraped2?\".*",
                    """
                    The request that asks for metrics, or for the page of statistics, is not among those that were counted. HAProxy counts
                    a request when it begins.\
                    """),
            Difference.of(
                    "A host that was looked up is known for a while",
                    "resolve: again within the time it holds",
                    "#1 body",
                    """
                What name servers said for `do-resolve` is used again for as long as `hold valid` says, on each event loop. HAProxy 2.6
                asks again as soon as no other request, and no server, waits for the same host.\
                """),
            Difference.of(
                    "Who is rejected by its content is told with its request", "rejected: after content", "log", """
                In `mode http` rules of `tcp-request content` run when the head is read, and a line about a request that they end says
                what it asked for, and how long that took. HAProxy writes `<BADREQ>` and -1.\
                """),
            Difference.of("Spaces of a list stay", "rules: members are replaced", "upstream", """
                Where `replace-value` replaces a member of a list, the space in front of it stays. HAProxy drops it.\
                """));

    private AllowedDifference() {}
}
