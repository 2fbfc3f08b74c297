package dev.fairlead.engine.tls;

import dev.fairlead.model.tls.TlsClient;
import dev.fairlead.source.Problems;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.util.InsecureTrustManagerFactory;
import java.util.Optional;
import javax.net.ssl.SSLException;

/// TLS contexts for connections to other servers.
public final class TlsClientContexts {
    private TlsClientContexts() {}

    /// Reads certificates, keys and authorities.
    ///
    /// @return empty if something is wrong, which is then among the problems
    public static Optional<ClientTls> compile(TlsClient from, Problems problems) {
        Optional<Identity> identity = from.identity().flatMap(named -> Identity.read(named, problems));
        if (from.identity().isPresent() && identity.isEmpty()) {
            return Optional.empty();
        }
        Optional<Authorities> authorities = Optional.empty();
        if (from.verify()) {
            authorities = Authorities.read(
                    from.authorities(),
                    Optional.empty(),
                    from.revocations(),
                    from.depth(),
                    from.checks(),
                    from.origin(),
                    problems);
            if (authorities.isEmpty()) {
                return Optional.empty();
            }
        }
        try {
            return Optional.of(new ClientTls(context(from, identity, authorities), from));
        } catch (SSLException | IllegalArgumentException refused) {
            problems.error("tls.context", from.origin(), "cannot set up TLS: " + Identity.reason(refused));
            return Optional.empty();
        }
    }

    private static SslContext context(TlsClient from, Optional<Identity> identity, Optional<Authorities> authorities)
            throws SSLException {
        SslContextBuilder builder = SslContextBuilder.forClient()
                .sslProvider(Library.provider())
                .protocols(Library.protocols(from.versions()))
                // Names are checked by us, see VouchedPeer.
                .endpointIdentificationAlgorithm(null);
        if (authorities.isPresent()) {
            builder.trustManager(
                    new VouchedPeer(new PeerJudge(authorities.get(), from.checks(), Purpose.SERVER), from.checkName()));
        } else {
            builder.trustManager(InsecureTrustManagerFactory.INSTANCE);
        }
        identity.ifPresent(known -> builder.keyManager(new ShownIdentity(known)));
        if (from.ciphers().isPresent()) {
            Library.applyCiphers(from.ciphers().get(), builder);
        }
        if (!from.protocols().isEmpty()) {
            builder.applicationProtocolConfig(Library.protocolConfig(from.protocols()));
        }
        Library.applyGroups(from.curves(), builder);
        return builder.build();
    }
}
