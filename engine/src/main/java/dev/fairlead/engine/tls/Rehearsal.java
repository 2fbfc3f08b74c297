package dev.fairlead.engine.tls;

import dev.fairlead.model.tls.TlsIdentity;
import dev.fairlead.model.tls.TlsServer;
import dev.fairlead.source.Problems;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslHandler;
import io.netty.handler.ssl.util.InsecureTrustManagerFactory;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSession;
import org.jspecify.annotations.Nullable;

/// A handshake without a connection: what a listener and a client of today, who shows no certificate and believes
/// whatever is shown, agree on. Certificates and keys of listeners that do not run are read.
public final class Rehearsal {
    private static final List<String> CLIENT_SPEAKS = List.of("h2", "http/1.1");
    private static final Duration LONGEST = Duration.ofSeconds(10);

    /// Anywhere else; only its ending matters.
    private static final int ANY_PORT = 443;

    private final LiveCertificates running;

    /// @param running the certificates of the program, if the plan runs
    public Rehearsal(Optional<LiveCertificates> running) {
        this.running = running.orElseGet(LiveCertificates::new);
    }

    /// How it ends.
    public sealed interface Outcome {
        /// @param session as the listener has it
        /// @param protocol chosen by ALPN; empty for none
        /// @param shown chain of the certificate, leaf first
        /// @param identity whose chain it is; empty if that cannot be told
        record Agreed(SSLSession session, String protocol, List<X509Certificate> shown, Optional<TlsIdentity> identity)
                implements Outcome {
            /// The names the certificate is for.
            public List<String> names() {
                return shown.isEmpty() ? List.of() : CertificateNames.of(shown.getFirst());
            }

            /// OpenSSL's name of what it is encrypted with.
            public String cipher() {
                return CipherName.ofOpenSsl(session.getCipherSuite());
            }

            /// Whether it is for that name.
            public boolean isFor(String serverName) {
                return !shown.isEmpty() && CertificateNames.matches(shown.getFirst(), serverName);
            }
        }

        /// @param reason why the listener, or the client, ends the connection
        record Refused(String reason) implements Outcome {}

        /// @param problem why nobody can say
        record Unknown(String problem) implements Outcome {}
    }

    /// @param protocols what is offered by ALPN, best first; empty for none
    /// @param serverName that the client asks for; empty for none
    public Outcome of(TlsServer from, List<String> protocols, String serverName) {
        LiveCertificates known = running;
        Optional<HostTls> host = known.host(from);
        if (host.isEmpty()) {
            Problems problems = new Problems();
            known = new LiveCertificates();
            host = HostTls.compile(from, protocols, problems, known);
            known.adopt();
            if (host.isEmpty() || problems.hasErrors()) {
                return new Outcome.Unknown(problems.all().getFirst().message());
            }
        }
        HostTls chosen = host.get().forName(serverName);
        if (chosen.rejects()) {
            String why = from.onlyKnownNames() ? ": no certificate is for that name" : "";
            return new Outcome.Refused("the handshake is refused" + why);
        }
        try {
            return spoken(chosen, from, known, serverName);
        } catch (SSLException impossible) {
            return new Outcome.Unknown(Identity.reason(impossible));
        }
    }

    private static Outcome spoken(HostTls host, TlsServer from, LiveCertificates known, String serverName)
            throws SSLException {
        SslHandler server = host.newHandler(ByteBufAllocator.DEFAULT, LONGEST);
        SslHandler client = client(serverName);
        EmbeddedChannel listener = new EmbeddedChannel(server);
        EmbeddedChannel caller = new EmbeddedChannel(client);
        try {
            while (pass(caller, listener) || pass(listener, caller)) {
                // As long as one of them has something to say.
            }
            Throwable refusal = cause(server).or(() -> cause(client)).orElse(null);
            if (refusal != null || !server.handshakeFuture().isSuccess()) {
                return new Outcome.Refused(refusal == null ? "the handshake does not end" : words(refusal));
            }
            SSLSession session = server.engine().getSession();
            String protocol = server.applicationProtocol();
            List<X509Certificate> shown = chain(session.getLocalCertificates());
            return new Outcome.Agreed(session, protocol == null ? "" : protocol, shown, identity(from, known, shown));
        } finally {
            end(listener);
            end(caller);
        }
    }

    private static SslHandler client(String serverName) throws SSLException {
        SslContext context = SslContextBuilder.forClient()
                .sslProvider(Library.provider())
                .trustManager(InsecureTrustManagerFactory.INSTANCE)
                .endpointIdentificationAlgorithm(null)
                .applicationProtocolConfig(Library.protocolConfig(CLIENT_SPEAKS))
                .build();
        return serverName.isEmpty()
                ? context.newHandler(ByteBufAllocator.DEFAULT)
                : context.newHandler(ByteBufAllocator.DEFAULT, serverName, ANY_PORT);
    }

    /// @return whether anything was said
    private static boolean pass(EmbeddedChannel from, EmbeddedChannel to) {
        from.runPendingTasks();
        boolean any = false;
        for (ByteBuf said = from.readOutbound(); said != null; said = from.readOutbound()) {
            any = true;
            // Whether it is taken well, its handshake tells.
            to.pipeline().fireChannelRead(said).fireChannelReadComplete();
        }
        return any;
    }

    /// Without the library's numbers: `error:100000f0:SSL routines:OPENSSL_internal:UNSUPPORTED_PROTOCOL` is what
    /// it says.
    private static String words(Throwable refusal) {
        String message = String.valueOf(refusal.getMessage());
        String last = message.substring(message.lastIndexOf(':') + 1).strip();
        return "the handshake fails: " + last.replace('_', ' ').toLowerCase(Locale.ROOT);
    }

    private static void end(EmbeddedChannel channel) {
        channel.close();
        channel.releaseInbound();
        channel.releaseOutbound();
    }

    private static Optional<Throwable> cause(SslHandler handler) {
        return Optional.ofNullable(handler.handshakeFuture().cause());
    }

    private static Optional<TlsIdentity> identity(TlsServer from, LiveCertificates known, List<X509Certificate> shown) {
        return from.identities().stream()
                .filter(identity -> !shown.isEmpty()
                        && known.chain(identity.certificate()).stream()
                                .findFirst()
                                .filter(shown.getFirst()::equals)
                                .isPresent())
                .findFirst();
    }

    private static List<X509Certificate> chain(Certificate @Nullable [] certificates) {
        return certificates == null
                ? List.of()
                : List.of(Arrays.copyOf(certificates, certificates.length, X509Certificate[].class));
    }
}
