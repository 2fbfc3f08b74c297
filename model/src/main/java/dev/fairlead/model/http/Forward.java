package dev.fairlead.model.http;

import dev.fairlead.model.text.Regex;
import dev.fairlead.model.text.Template;
import dev.fairlead.model.tls.TlsClient;
import dev.fairlead.model.upstream.NameLookup;
import dev.fairlead.model.upstream.NameServers;
import dev.fairlead.model.upstream.Upstream;
import dev.fairlead.source.Span;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// How a request is passed to another server and its answer passed back.
///
/// @param target who gets it
/// @param path what becomes of the path
/// @param request what the other server gets to see
/// @param response what becomes of its answer
/// @param retry when the next server is tried
/// @param timeouts bounds in time
/// @param unreachable what the client is told when no server can be reached
public record Forward(
        Target target,
        PathMapping path,
        Request request,
        Response response,
        Retry retry,
        Timeouts timeouts,
        Unreachable unreachable,
        Span origin) {
    /// With 502 and 504 for servers that cannot be reached.
    public Forward(
            Target target,
            PathMapping path,
            Request request,
            Response response,
            Retry retry,
            Timeouts timeouts,
            Span origin) {
        this(target, path, request, response, retry, timeouts, Unreachable.BAD_GATEWAY, origin);
    }

    /// Who gets the request.
    public sealed interface Target {
        /// @param tls set for https
        /// @param hostText the `host[:port]` of the configuration: the default Host field
        /// @param portText the port in use as text
        record Fixed(Upstream upstream, Optional<TlsClient> tls, String hostText, String portText) implements Target {}

        /// A URL with variables. Its host is looked up among `declared` upstreams first, then by the resolver.
        ///
        /// @param tls used when the scheme turns out to be https
        record Computed(Template url, List<Upstream> declared, Optional<TlsClient> tls, Optional<Resolver> resolver)
                implements Target {}
    }

    /// How hosts are looked up that are known only while a request waits.
    ///
    /// @param by empty for the system's own resolver
    public record Resolver(Optional<NameServers> by, NameLookup.Family family, Span origin) {}

    /// What becomes of the path.
    public sealed interface PathMapping {
        /// The request target goes on as it came, or as rules changed it.
        record Unchanged() implements PathMapping {}

        /// The location's prefix is replaced in the normalised path.
        record ReplacePrefix(String prefix, String replacement) implements PathMapping {}

        /// The target's own URL holds path and query, whole; if it holds none, as [Unchanged]. Only with
        /// [Target.Computed].
        record FromUrl() implements PathMapping {}
    }

    /// What the other server gets to see.
    ///
    /// @param version of HTTP
    /// @param method replaces the request's
    /// @param fields set on the request: each replaces all fields of that name; an empty value removes them.
    ///     Holds the defaults (Host, Connection) as well
    /// @param passFields whether the client's other fields are passed
    /// @param passBody whether the body is passed
    /// @param body replaces the client's
    /// @param buffering whether the whole body is taken in before the other server is contacted
    /// @param localAddress the address connections are made from
    /// @param socketKeepAlive SO_KEEPALIVE to the other server
    public record Request(
            Version version,
            Optional<Template> method,
            List<FieldAssignment> fields,
            boolean passFields,
            boolean passBody,
            Optional<Template> body,
            boolean buffering,
            Optional<Template> localAddress,
            boolean socketKeepAlive) {}

    public enum Version {
        HTTP_1_0,
        HTTP_1_1
    }

    public record FieldAssignment(String name, Template value, Span origin) {}

    /// What becomes of the answer.
    ///
    /// @param hide lower-case names of fields that are not passed; holds the defaults (date, server, x-pad,
    ///     x-accel-*)
    /// @param ignore lower-case names of fields whose meaning is ignored, such as `x-accel-redirect`,
    ///     `expires`, `vary`
    /// @param redirects how Location and Refresh are rewritten; the first that matches does it
    /// @param cookieDomains how the domain of cookies is rewritten
    /// @param cookiePaths how the path of cookies is rewritten
    /// @param cookieFlags attributes put on cookies or taken away
    /// @param buffering whether the answer is read as fast as the other server sends it
    /// @param bufferSize most bytes of the answer's head
    /// @param bufferBytes bytes of the body held in memory for a slow client
    /// @param temporaryFileBytes bytes of the body put into a temporary file for a slow client; 0 for none
    /// @param temporaryFolder where such files are made
    /// @param bytesPerSecond how fast the answer is read; 0 for no limit
    /// @param interceptErrors whether statuses of 300 and above are shown by error pages
    /// @param forceRanges whether ranges are served from answers that do not offer them
    /// @param ignoreClientAbort whether the exchange with the other server goes on when the client leaves
    public record Response(
            Set<String> hide,
            Set<String> ignore,
            List<RedirectRewrite> redirects,
            List<CookieRewrite> cookieDomains,
            List<CookieRewrite> cookiePaths,
            List<CookieFlags> cookieFlags,
            boolean buffering,
            int bufferSize,
            long bufferBytes,
            long temporaryFileBytes,
            String temporaryFolder,
            long bytesPerSecond,
            boolean interceptErrors,
            boolean forceRanges,
            boolean ignoreClientAbort) {
        /// Fields by which a server could control a front that listens to them.
        private static final Set<String> CONTROLS = Set.of(
                "x-accel-redirect",
                "x-accel-limit-rate",
                "x-accel-buffering",
                "x-accel-charset",
                "x-accel-expires",
                "expires",
                "cache-control",
                "set-cookie",
                "vary");

        /// The answer as it is but for redirects, sent as it comes.
        ///
        /// @param bufferSize most bytes of the answer's head; twice as much of the body waits for a slow client
        public static Response passing(int bufferSize, List<RedirectRewrite> redirects) {
            return new Response(
                    Set.of(),
                    CONTROLS,
                    redirects,
                    List.of(),
                    List.of(),
                    List.of(),
                    false,
                    bufferSize,
                    2L * bufferSize,
                    0,
                    "/tmp",
                    0,
                    false,
                    false,
                    false);
        }
    }

    /// A piece of text to look for.
    public sealed interface Find {
        /// At the start (of a Location), whole (of a domain, without case), at the start (of a cookie's path).
        record Text(Template text) implements Find {}

        record Expression(Regex regex) implements Find {}
    }

    public record RedirectRewrite(Find find, Template replacement, Span origin) {}

    public record CookieRewrite(Find find, Template replacement, Span origin) {}

    /// @param cookie which cookies; a constant text or an expression
    /// @param secure add (true), take away (false), leave
    /// @param sameSite `strict`, `lax` or `none` to set it, an empty text to take it away, empty to leave it
    public record CookieFlags(
            Find cookie,
            Optional<Boolean> secure,
            Optional<Boolean> httpOnly,
            Optional<String> sameSite,
            Span origin) {}

    /// When the next server is tried.
    ///
    /// @param on what counts as a failure that another server may mend
    /// @param nonIdempotent whether POST, LOCK and PATCH are tried again too once they were sent
    /// @param tries most servers tried; 0 for no limit
    /// @param timeout no new try after this time; zero for no limit
    /// @param insistence set if the same server is tried again; without it each try goes to another one
    public record Retry(
            Set<Failure> on, boolean nonIdempotent, int tries, Duration timeout, Optional<Insistence> insistence) {
        /// Each try goes to another server.
        public Retry(Set<Failure> on, boolean nonIdempotent, int tries, Duration timeout) {
            this(on, nonIdempotent, tries, timeout, Optional.empty());
        }
    }

    /// Tries of the same server, one after another.
    ///
    /// @param elsewhereEvery every so many tries after the first go to another server, counted from the last one
    ///     if negative (-1: only the last); 0 for never
    /// @param pause before the same server is tried again
    public record Insistence(int elsewhereEvery, Duration pause) {}

    /// A kind of failure of another server.
    public enum Failure {
        /// Connecting, sending the request or reading the head failed.
        ERROR,
        /// The same took too long.
        TIMEOUT,
        /// Connecting failed or took too long, whatever is said of the two above: the request was not sent.
        CONNECT,
        /// The answer was empty or not HTTP.
        INVALID_HEADER,
        STATUS_500,
        STATUS_502,
        STATUS_503,
        STATUS_504,
        STATUS_403,
        STATUS_404,
        STATUS_429,
        STATUS_401,
        STATUS_408,
        STATUS_421,
        STATUS_425,
        STATUS_501
    }

    /// @param connect until the connection stands
    /// @param send longest pause between two writes
    /// @param read longest pause between two reads
    /// @param tunnel longest pause of both sides once the protocol is switched; `read` where it is empty
    public record Timeouts(Duration connect, Duration send, Duration read, Optional<Duration> tunnel) {
        /// With the same pauses in tunnels.
        public Timeouts(Duration connect, Duration send, Duration read) {
            this(connect, send, read, Optional.empty());
        }
    }

    /// Statuses for a request that no server got to see.
    ///
    /// @param refused connecting failed
    /// @param slow connecting took too long
    /// @param noneLeft no server is available
    public record Unreachable(int refused, int slow, int noneLeft) {
        public static final Unreachable BAD_GATEWAY = new Unreachable(502, 504, 502);
        public static final Unreachable UNAVAILABLE = new Unreachable(503, 503, 503);
    }
}
