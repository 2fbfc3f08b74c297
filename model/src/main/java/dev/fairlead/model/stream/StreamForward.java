package dev.fairlead.model.stream;

import dev.fairlead.model.http.Forward;
import dev.fairlead.model.net.ProxyProtocol;
import dev.fairlead.model.text.Template;
import dev.fairlead.model.tls.TlsClient;
import dev.fairlead.model.upstream.Upstream;
import dev.fairlead.source.Span;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// How a connection is passed on to another server.
///
/// @param tls set where TLS is spoken to the server
/// @param proxyProtocol whether the server is told first who the client is
/// @param localAddress the address connections are made from
/// @param socketKeepAlive SO_KEEPALIVE to the server
/// @param passesHalfClose whether the end of one side's bytes is passed on and the other side may go on; else it
///     ends the connection
/// @param overture what is said to the server before TLS begins; only with `tls`
/// @param program started for each connection in place of connecting to the target, which then only names it
public record StreamForward(
        Target target,
        Optional<TlsClient> tls,
        Optional<ProxyProtocol> proxyProtocol,
        Retry retry,
        Timeouts timeouts,
        Rates rates,
        Optional<Template> localAddress,
        boolean socketKeepAlive,
        boolean passesHalfClose,
        Optional<Overture> overture,
        Optional<Program> program,
        Span origin) {
    /// Who gets the connection.
    public sealed interface Target {
        /// @param hostText host as the configuration names it, for TLS
        /// @param late set where names that cannot be found at the start are no problem
        record Fixed(Upstream upstream, String hostText, Optional<LateNames> late) implements Target {
            public Fixed(Upstream upstream, String hostText) {
                this(upstream, hostText, Optional.empty());
            }
        }

        /// `host:port` or the name of an upstream, with variables. It is looked up among `declared` upstreams
        /// first, then by the resolver.
        record Computed(Template address, List<Upstream> declared, Optional<Forward.Resolver> resolver)
                implements Target {}
    }

    /// How the names of servers are looked up for each connection, and its servers then tried in their order.
    ///
    /// @param always whether they are looked up so though they can be found at the start; else only where none of
    ///     them can, and where some can the others are left out
    public record LateNames(boolean always, Forward.Resolver by) {}

    /// When the next server is tried: a connection that could not be opened was never used.
    ///
    /// @param elsewhere whether it is tried at all
    /// @param tries most servers tried; 0 for no limit
    /// @param timeout no new try after this time; zero for no limit
    public record Retry(boolean elsewhere, int tries, Duration timeout) {
        public static final Retry UNLIMITED = new Retry(true, 0, Duration.ZERO);
    }

    /// @param connect until the connection stands, TLS included
    /// @param idle longest time in which neither side sends anything; zero for no limit
    /// @param finishing the same once one side has ended its bytes; empty for `idle`
    /// @param idleOfServer whether logs say of a connection that was idle for too long that the server was;
    ///     else the client
    public record Timeouts(Duration connect, Duration idle, Optional<Duration> finishing, boolean idleOfServer) {
        public Timeouts(Duration connect, Duration idle, Optional<Duration> finishing) {
            this(connect, idle, finishing, false);
        }
    }

    /// In bytes per second; 0 for no limit.
    ///
    /// @param upload from the client
    /// @param download to the client
    public record Rates(long upload, long download) {
        public static final Rates UNLIMITED = new Rates(0, 0);
    }
}
