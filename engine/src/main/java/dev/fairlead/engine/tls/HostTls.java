package dev.fairlead.engine.tls;

import dev.fairlead.model.tls.PeerChecks;
import dev.fairlead.model.tls.TlsIdentity.ClientAuth;
import dev.fairlead.model.tls.TlsServer;
import dev.fairlead.source.Problems;
import io.netty.buffer.ByteBufAllocator;
import io.netty.handler.ssl.OpenSslCertificateException;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslHandler;
import java.security.GeneralSecurityException;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSession;
import org.jspecify.annotations.Nullable;

/// TLS as one virtual host speaks it.
public final class HostTls {
    private static final String NOTE = "dev.fairlead.verdict";

    private final Optional<SslContext> context;
    private final ClientAuth.Mode clientAuth;
    private final Optional<PeerJudge> judge;
    private final boolean isJudgedLater;
    private final Optional<CertificateTable<HostTls>> byName;
    private volatile @Nullable HostTls renewed;

    HostTls(Optional<SslContext> context, Optional<ClientAuth> clientAuth, Optional<Authorities> authorities) {
        this(context, clientAuth, authorities, Optional.empty());
    }

    /// @param byName what is spoken instead to clients that ask for certain names
    HostTls(
            Optional<SslContext> context,
            Optional<ClientAuth> clientAuth,
            Optional<Authorities> authorities,
            Optional<CertificateTable<HostTls>> byName) {
        this.context = context;
        this.byName = byName;
        this.clientAuth = clientAuth.map(ClientAuth::mode).orElse(ClientAuth.Mode.NONE);
        this.isJudgedLater = clientAuth.filter(ClientAuth::inHandshake).isEmpty();
        this.judge = authorities.map(known ->
                new PeerJudge(known, clientAuth.map(ClientAuth::checks).orElse(PeerChecks.CHAIN), Purpose.CLIENT));
    }

    /// Reads certificates and keys, for other protocols than HTTP.
    ///
    /// @param protocols what is offered by ALPN, best first; empty for none
    /// @param live where its certificates can be replaced
    /// @return empty if something is wrong, which is then among the problems
    public static Optional<HostTls> compile(
            TlsServer from, List<String> protocols, Problems problems, LiveCertificates live) {
        return HostContexts.compile(from, protocols, problems, live);
    }

    /// What is spoken to a client that asks for a name: the certificate for it is shown.
    ///
    /// @param serverName as the client sent it; null if it sent none
    public HostTls forName(@Nullable String serverName) {
        HostTls instead = renewed;
        if (instead != null) {
            return instead.forName(serverName);
        }
        HostTls found = byName.map(table -> table.find(serverName)).orElse(null);
        return found == null ? this : found;
    }

    /// Has other certificates shown from here on. Who may come in is as before.
    void renew(HostTls other) {
        renewed = other;
    }

    /// Whether clients that ask for this host are turned away in the handshake.
    public boolean rejects() {
        return context.isEmpty();
    }

    /// @throws IllegalStateException if the host [#rejects()]
    public SslHandler newHandler(ByteBufAllocator allocator, Duration handshakeTimeout) {
        SslContext present = context.orElseThrow(() -> new IllegalStateException("handshakes are rejected"));
        SslHandler handler = judge.filter(PeerJudge::asksOthers).isPresent()
                ? present.newHandler(allocator, StatusInquiry.threads())
                : present.newHandler(allocator);
        handler.setHandshakeTimeoutMillis(handshakeTimeout.toMillis());
        return handler;
    }

    /// What the client's certificate turned out to be worth.
    ///
    /// @param text `NONE`, `SUCCESS` or `FAILED:` and the reason
    /// @param status 0, or the one to refuse requests with: 495, 496
    /// @param number OpenSSL's for what is wrong with it; 0 for nothing
    public record Verdict(String text, int status, String number) {
        static final Verdict NONE = new Verdict("NONE", 0, "0");

        /// What the log says of requests that are refused.
        public String objection() {
            return status == 496
                    ? "client sent no required SSL certificate"
                    : "client SSL certificate verify error: " + text;
        }
    }

    /// Judges the client of a session whose handshake is complete.
    public Verdict judge(SSLSession session) {
        if (clientAuth == ClientAuth.Mode.NONE) {
            return Verdict.NONE;
        }
        X509Certificate[] chain = peerChain(session);
        if (chain.length == 0) {
            return clientAuth == ClientAuth.Mode.REQUIRED ? new Verdict("NONE", 496, "0") : Verdict.NONE;
        }
        try {
            PeerJudge known = judge.orElseThrow(
                    () -> new OpenSslCertificateException("nobody vouches for it", CertificateFault.UNKNOWN_ISSUER));
            known.verifyAlone(chain);
            if (known.asksOthers() && isJudgedLater) {
                heed(session);
            }
            return new Verdict("SUCCESS", 0, "0");
        } catch (GeneralSecurityException refused) {
            int number = CertificateFault.number(refused, chain);
            boolean isUnknown = number == CertificateFault.SELF_SIGNED
                    || number == CertificateFault.UNKNOWN_ISSUER
                    || number == CertificateFault.UNVERIFIED;
            boolean isLetIn = clientAuth == ClientAuth.Mode.REQUIRED_UNVERIFIED
                    || (clientAuth == ClientAuth.Mode.OPTIONAL_UNVERIFIED && (isUnknown || !isJudgedLater));
            String text = "FAILED:" + CertificateFault.words(number, Identity.reason(refused));
            return new Verdict(text, isLetIn ? 0 : 495, Integer.toString(number));
        }
    }

    /// Notes what a client's certificate is worth, where finding that out takes more than a moment.
    static void note(PeerJudge judge, X509Certificate[] chain, SSLEngine engine) {
        Object found = true;
        try {
            judge.verify(chain);
        } catch (CertificateException refused) {
            found = refused;
        }
        engine.getHandshakeSession().putValue(NOTE, found);
    }

    /// Throws what was found out in the handshake.
    private static void heed(SSLSession session) throws GeneralSecurityException {
        switch (session.getValue(NOTE)) {
            case Boolean good -> {}
            case CertificateException refused -> throw refused;
            case null, default ->
                throw new OpenSslCertificateException("nobody was asked about it", CertificateFault.REJECTED);
        }
    }

    private static X509Certificate[] peerChain(SSLSession session) {
        try {
            Certificate[] chain = session.getPeerCertificates();
            return Arrays.copyOf(chain, chain.length, X509Certificate[].class);
        } catch (SSLPeerUnverifiedException none) {
            return new X509Certificate[0];
        }
    }
}
