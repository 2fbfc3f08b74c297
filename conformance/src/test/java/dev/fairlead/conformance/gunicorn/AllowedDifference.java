package dev.fairlead.conformance.gunicorn;

import dev.fairlead.conformance.Difference;
import java.util.List;

/// Where Fairlead answers otherwise than gunicorn 20.1 and is meant to. The only such list;
/// `docs/differences.md` is its mirror. Cases are matched by `kind of worker/name`.
final class AllowedDifference {
    static final List<Difference> ALL = List.of(
            Difference.of("Connections are kept for every kind of worker", "sync/.*", "header connection", """
                    gunicorn's sync workers close every connection, because an idle one would hold up a worker. Here connections are not the
                    workers', so `keepalive` holds for sync workers too."""),
            Difference.of(
                    "Requests that come together are all answered",
                    "gthread/(pipelining: .*|keeping: HTTP/1\\.0 keep-alive)",
                    "status",
                    """
                    What a client sends right behind a request is lost in gunicorn 20.1, which looks at the socket and not at what it has read already."""),
            Difference.of(
                    "An answer that is at hand as a whole has a length",
                    "(sync|gthread|eventlet)/.*",
                    "framing (chunked|until the end|HEAD none) -> (HEAD )?length",
                    """
                    A list of pieces, and a file, are sent with a Content-Length, so that HTTP/1.0 connections can be kept as well. gunicorn sends chunks,
                    or to HTTP/1.0 clients everything up to the end of the connection."""),
            Difference.of(
                    "204 has neither Content-Length nor Content-Type",
                    "(sync|gthread|eventlet)/(answer: 204 (length|type)|.*/error: (HEAD )?(204|nothing))",
                    "framing (HEAD )?length -> (HEAD )?none|header content-type",
                    """
                    RFC 9110 forbids the length (section 8.6), and there is nothing that the type could be of, so an application's are dropped, as nginx does
                    with those of its upstreams. gunicorn passes them on."""),
            Difference.of(
                    "Connections of HTTP/1.0 are kept where the length is known",
                    "gthread/HTTP/1\\.0 keep-alive: .*",
                    "header connection",
                    """
                    That follows from the length an answer at hand has. gunicorn closes them."""),
            Difference.of(
                    "Answers say HTTP/1.1", "(sync|gthread)/(version|HTTP/1\\.0.*|keeping|expect): .*", "version", """
                    The version is the server's own (RFC 9110, section 6.2). gunicorn repeats the request's."""),
            Difference.of(
                    "A path has to be one",
                    "(sync|gthread)/target: (escapes that are none|escaped control characters|a path without a slash|a path that is a query|two dots at the start)",
                    "status",
                    """
                    What nginx refuses is refused here too, with 400: a percent sign without two hexadecimal digits, an escaped NUL, more `..` than folders,
                    and a target that does not begin with a slash. Behind nginx such requests never reached gunicorn either."""),
            Difference.of(
                    "Bytes beyond ASCII in a path stay the bytes they are",
                    "(sync|gthread)/target: (latin-1|utf-8) in the path",
                    "body",
                    """
                    PATH_INFO holds them as latin-1, as PEP 3333 says. gunicorn encodes them as UTF-8 once more if they are not escaped."""),
            Difference.of(
                    "White space at the end of a value is not part of it",
                    "(sync|gthread)/(header: padded behind|body: a length with spaces)",
                    "body",
                    """
                    RFC 9110, section 5.5. gunicorn does the same since 22."""),
            Difference.of(
                    "Names with underscores are dropped",
                    "(sync|gthread)/header: (an underscore.*|a content type with an underscore|a length with an underscore)",
                    "body",
                    """
                    They could pass for other variables, which is why gunicorn drops them since 22 (`header_map`). `--header-map dangerous` passes them."""),
            Difference.of(
                    "Sockets are offered where a client asks to change protocols",
                    "(sync|gthread)/header: an upgrade.*",
                    "body",
                    """
                    Then `gunicorn.socket` and `werkzeug.socket` are in the environ, for the libraries that look for them. gunicorn has `gunicorn.socket` in every
                    request; to write to it in the middle of HTTP is of no use."""),
            Difference.of(
                    "A host is named, once", "(sync|gthread)/header: (no host|an empty host|two hosts)", "status", """
                    A request of HTTP/1.1 without a Host field, or with several, is answered 400 (RFC 9112, section 3.2)."""),
            Difference.of(
                    "Folded lines, bare line ends and NUL are refused",
                    "(sync|gthread)/(header: (folded|a NUL in the value|a CR in the value|a line feed alone.*)|request line: a NUL)",
                    "status",
                    """
                    Two servers may read such a request differently, so it is answered 400 (RFC 9112, sections 2.2 and 5.2). gunicorn refuses all of these since 23;
                    20.1 waits for more, or passes them on."""),
            Difference.of("Methods are in capitals", "(sync|gthread)/method: (get|X!.*)", "status", """
                    Letters, `-` and `_` make a method, and small letters do not, as in nginx and in gunicorn since 22. gunicorn 20.1 turns `get` into `GET`."""),
            Difference.of(
                    "TRACE, CONNECT and OPTIONS *",
                    "(sync|gthread)/method: (TRACE|CONNECT|OPTIONS \\*)",
                    "status",
                    """
                    They are about the server itself, which answers 405. gunicorn gives them to the application."""),
            Difference.of(
                    "HTTP/1.0 and HTTP/1.1 are spoken",
                    "(sync|gthread)/version: (1\\.2|1\\.10|2\\.0)",
                    "status|body",
                    """
                    HTTP/1.2 is taken for HTTP/1.1, HTTP/2.0 answered 505 and what is no version 400. gunicorn 20.1 answers in whatever version it is asked."""),
            Difference.of(
                    "Clumsy request lines are understood",
                    "(sync|gthread)/request line: (two spaces|an empty line first)",
                    "status",
                    """
                    Several spaces, and an empty line before a request, as nginx allows them (RFC 9112, sections 2.2 and 3). gunicorn answers 400."""),
            Difference.of(
                    "A request whose body never ends is not run", "(sync|gthread)/body: shorter .*", "status", """
                    Workers get a body when it is complete. If the client leaves before, there is nobody to answer; gunicorn runs the application with what there is."""),
            Difference.of(
                    "A length is digits",
                    "(sync|gthread)/body: a length (with a plus|with an underscore in it|beyond all)",
                    "status",
                    """
                    `+2` and `1_0` are answered 400 (RFC 9110, section 8.6), as they are by gunicorn since 22. A number beyond all reason is answered 400
                    as well; gunicorn closes the connection."""),
            Difference.of(
                    "Broken chunks are answered 400",
                    "(sync|gthread)/chunked: (a size .*|an empty size|no line end .*)",
                    "status",
                    """
                    gunicorn closes the connection without an answer, or answers 500."""),
            Difference.of(
                    "Only chunked is understood as a transfer coding",
                    "(sync|gthread)/chunked: (behind gzip|before gzip|gzip alone|identity|an empty coding|a vertical tab)",
                    "status",
                    """
                    Anything else is answered 501, as by gunicorn since 22; 20.1 answers 500. `identity` is no coding any more (RFC 9112, section 7)."""),
            Difference.of(
                    "100 Continue where there is something to continue",
                    "(sync|gthread)/expect: (without a body|of HTTP/1\\.0|100-continue unread)",
                    "interim",
                    """
                    Not for a request without a body, and not for HTTP/1.0 (RFC 9110, section 10.1.1)."""),
            Difference.of(
                    "An application's mistake is answered 500",
                    "(sync|gthread)/answer: (no number|newline status|bytes status|wide header|newline value|nul value|space name|colon name|empty name|latin name"
                            + "|str body|bytearray body|memoryview body|int body|bare bytes|oserror|never started.*|close unstarted)",
                    "status",
                    """
                    As long as nothing of the answer was sent, and with the traceback in the error log: a status that is none, a header that is none, pieces that are not
                    bytes, an answer without start_response, an OSError. gunicorn sends `None` for a status, answers 400, or closes the connection."""),
            Difference.of("A generator may begin with nothing", "(sync|gthread)/answer: late", "status", """
                    A generator that calls start_response behind a first empty piece is answered. gunicorn sends the status `None`."""),
            Difference.of(
                    "A missing reason phrase is filled in",
                    "(sync|gthread)/answer: (no reason|empty reason)",
                    "status",
                    """
                    An application that answers `200` and no more is passed on as `200 OK`."""),
            Difference.of("exc_info replaces headers", "(sync|gthread)/answer: exc info", "header x-first", """
                    start_response called again with exc_info replaces what the first call said (PEP 3333). gunicorn keeps the first call's headers as well."""),
            Difference.of(
                    "An application may empty its environ", "(sync|gthread)/answer: changed environ", "status", """
                    gunicorn needs it for the access log and answers 500."""),
            Difference.of(
                    "Connection is a list",
                    "gthread/(header: Connection list|answer: connection upgrade)",
                    "header connection",
                    """
                    `Connection: x, close` closes (RFC 9110, section 7.6.1). An application's `Connection: Upgrade` in an answer that changes no
                    protocol is dropped like its other hop-by-hop headers; gunicorn sends it."""),
            Difference.of("SCRIPT_NAME comes from trusted peers", "sync/not believed: SCRIPT_NAME", "body", """
                    A header of this name counts if the peer is in `forwarded_allow_ips` and the name in `forwarder_headers`, as in gunicorn since 23.
                    gunicorn 20.1 believes everybody."""),
            Difference.of("SCRIPT_NAME is the beginning of a path", "sync/script name: later", "status", """
                    A request whose path does not begin with it is answered 500, as by gunicorn since 23. gunicorn 20.1 looks for it anywhere in the path."""),
            Difference.of(
                    "With proxy_protocol every connection begins with a PROXY header",
                    "sync/proxied: .*",
                    "status",
                    """
                    To guess whether there is one is what its specification forbids (section 5), so a connection without one, or with a broken one, is closed.
                    gunicorn answers 400 to a broken one and serves clients that send none. `PROXY UNKNOWN` is believed to know nothing; gunicorn answers 400."""));

    private AllowedDifference() {}
}
