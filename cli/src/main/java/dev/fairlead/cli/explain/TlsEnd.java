package dev.fairlead.cli.explain;

import dev.fairlead.engine.explain.Explainer;
import dev.fairlead.engine.tls.NameTable;
import dev.fairlead.engine.tls.Rehearsal.Outcome;
import dev.fairlead.model.http.HttpListener;
import dev.fairlead.model.http.VirtualHost;
import dev.fairlead.model.http.VirtualHost.ServerName;
import dev.fairlead.model.net.Listener;
import dev.fairlead.model.stream.StreamHost;
import dev.fairlead.model.stream.StreamListener;
import dev.fairlead.model.tls.TlsIdentity;
import dev.fairlead.model.tls.TlsIdentity.ClientAuth;
import dev.fairlead.model.tls.TlsServer;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// Where TLS ends: what is agreed on, with which certificate, and what clients think of it.
///
/// @param agreed empty where it cannot be told, or nothing is
/// @param isRefused whether the connection ends there
record TlsEnd(Step step, Optional<Outcome.Agreed> agreed, boolean isRefused) {
    private static final List<String> HTTP = List.of("http/1.1");
    private static final int MOST_NAMES = 5;

    /// Without TLS.
    static final TlsEnd NONE = new TlsEnd(Step.of("tls", "no TLS"), Optional.empty(), false);

    /// @param listener with TLS
    /// @param serverName that the client asks for; empty for none
    static TlsEnd of(Listener listener, String serverName, Explainer explainer) {
        List<String> protocols = HTTP;
        Optional<TlsServer> found = Optional.empty();
        if (listener instanceof HttpListener http) {
            NameTable<VirtualHost> table = new NameTable<>(http.defaultHost());
            http.hosts().forEach(host -> host.names().forEach(name -> table.enter(name, host)));
            found = table.find(serverName).tls();
        } else if (listener instanceof StreamListener stream) {
            NameTable<StreamHost> table = new NameTable<>(stream.defaultHost());
            stream.hosts().forEach(host -> host.names().forEach(name -> table.enter(name, host)));
            StreamHost host = table.find(serverName);
            protocols = host.protocols();
            found = host.tls();
        }
        String name = serverName.isEmpty() ? "no server name" : "the server name " + serverName;
        String text = "TLS ends here, with " + name;
        if (found.isEmpty()) {
            return new TlsEnd(Step.of("tls", text), Optional.empty(), false);
        }
        TlsServer tls = found.get();
        return switch (explainer.handshake(tls, protocols, serverName)) {
            case Outcome.Agreed agreed ->
                new TlsEnd(agreed(agreed, tls, text, serverName, explainer.now()), Optional.of(agreed), false);
            case Outcome.Refused(String reason) -> new TlsEnd(refused(reason, tls, text), Optional.empty(), true);
            case Outcome.Unknown(String problem) ->
                new TlsEnd(unknown(problem, tls, text), Optional.empty(), endsForWant(tls));
        };
    }

    private static Step agreed(Outcome.Agreed agreed, TlsServer tls, String text, String serverName, Instant now) {
        String protocol = agreed.protocol().isEmpty() ? "" : ", " + agreed.protocol() + " by ALPN";
        String cipher = agreed.cipher().isEmpty() ? "" : ", " + agreed.cipher();
        String version = agreed.session().getProtocol();
        Step step = Step.at("tls", text + ": " + version + cipher + protocol, tls.origin());
        step.add(certificate(agreed));
        if (!serverName.isEmpty() && !agreed.isFor(serverName)) {
            step.add(Step.of("problem", "the certificate is not for " + serverName + ": clients refuse it"));
        }
        agreed.shown().stream().findFirst().flatMap(leaf -> expiry(leaf, now)).ifPresent(step::add);
        demand(tls).ifPresent(step::add);
        return step;
    }

    private static Step refused(String reason, TlsServer tls, String text) {
        Step step = Step.at("tls", text, tls.origin());
        if (endsForWant(tls)) {
            demand(tls).ifPresent(step::add);
            return step.add(Step.of("problem", "the handshake is refused"));
        }
        return step.add(Step.of("problem", reason));
    }

    private static Step certificate(Outcome.Agreed agreed) {
        List<String> names = agreed.names();
        String more = names.size() > MOST_NAMES ? " and " + (names.size() - MOST_NAMES) + " more" : "";
        String known = names.isEmpty()
                ? ""
                : " for " + String.join(", ", names.subList(0, Math.min(MOST_NAMES, names.size()))) + more;
        return agreed.identity()
                .map(identity ->
                        Step.at("certificate", "certificate " + identity.certificate() + known, identity.origin()))
                .orElseGet(() -> Step.of("certificate", "a certificate" + known));
    }

    private static Optional<Step> expiry(X509Certificate certificate, Instant now) {
        Instant from = certificate.getNotBefore().toInstant();
        Instant until = certificate.getNotAfter().toInstant();
        if (until.isBefore(now)) {
            return Optional.of(Step.of("problem", "the certificate expired on " + until + ": clients refuse it"));
        }
        return from.isAfter(now)
                ? Optional.of(Step.of("problem", "the certificate is not valid before " + from + ": clients refuse it"))
                : Optional.empty();
    }

    /// Where nothing can be said but what stands in the configuration.
    private static Step unknown(String problem, TlsServer tls, String text) {
        Step step = Step.at("tls", text, tls.origin());
        for (TlsIdentity identity : tls.identities()) {
            step.add(Step.at("certificate", "certificate " + identity.certificate(), identity.origin()));
        }
        step.add(Step.of("unknown", "what is agreed on is not known: " + problem));
        demand(tls).ifPresent(step::add);
        return step;
    }

    private static Optional<Step> demand(TlsServer tls) {
        return tls.clientAuth()
                .filter(TlsEnd::isDemanded)
                .map(auth -> Step.at("problem", "the client has to show a certificate, and shows none", auth.origin()));
    }

    private static boolean isDemanded(ClientAuth auth) {
        return auth.mode() == ClientAuth.Mode.REQUIRED || auth.mode() == ClientAuth.Mode.REQUIRED_UNVERIFIED;
    }

    /// Whether the handshake is refused for want of a client's certificate; else requests are.
    private static boolean endsForWant(TlsServer tls) {
        return tls.clientAuth()
                .filter(TlsEnd::isDemanded)
                .filter(auth -> auth.inHandshake() || auth.mode() == ClientAuth.Mode.REQUIRED_UNVERIFIED)
                .isPresent();
    }

    /// Whether a name of the configuration is or fits the one that is asked for.
    static boolean fits(ServerName name, String asked) {
        NameTable<Boolean> one = new NameTable<>(false);
        one.enter(name, true);
        return one.find(asked);
    }
}
