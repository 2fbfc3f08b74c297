package dev.fairlead.cli.explain;

import dev.fairlead.engine.tls.NameTable;
import dev.fairlead.model.http.HttpListener;
import dev.fairlead.model.http.VirtualHost;
import dev.fairlead.model.http.VirtualHost.ServerName;
import dev.fairlead.model.stream.StreamHost;
import dev.fairlead.model.stream.StreamListener;
import dev.fairlead.model.tls.TlsServer;
import java.util.Optional;

/// Where TLS ends: with which certificate, and why that one.
final class TlsEnd {
    private TlsEnd() {}

    static Step of(HttpListener listener, String serverName) {
        NameTable<VirtualHost> table = new NameTable<>(listener.defaultHost());
        listener.hosts().forEach(host -> host.names().forEach(name -> table.enter(name, host)));
        return step(table.find(serverName).tls(), serverName);
    }

    static Step of(StreamListener listener, String serverName) {
        NameTable<StreamHost> table = new NameTable<>(listener.defaultHost());
        listener.hosts().forEach(host -> host.names().forEach(name -> table.enter(name, host)));
        return step(table.find(serverName).tls(), serverName);
    }

    private static Step step(Optional<TlsServer> tls, String serverName) {
        String name = serverName.isEmpty() ? "no server name" : "the server name " + serverName;
        Step step = tls.map(found -> Step.at("tls", "TLS ends here, with " + name, found.origin()))
                .orElseGet(() -> Step.of("tls", "TLS ends here, with " + name));
        tls.ifPresent(found -> {
            found.identities()
                    .forEach(identity -> step.add(
                            Step.at("certificate", "certificate " + identity.certificate(), identity.origin())));
            if (found.rejectHandshake()) {
                step.add(Step.of("problem", "the handshake is refused"));
            }
            found.clientAuth()
                    .filter(auth -> auth.mode() == dev.fairlead.model.tls.TlsIdentity.ClientAuth.Mode.REQUIRED)
                    .ifPresent(auth -> step.add(
                            Step.at("problem", "the client has to show a certificate, and shows none", auth.origin())));
        });
        return step;
    }

    /// Whether a name of the configuration is or fits the one that is asked for.
    static boolean fits(ServerName name, String asked) {
        NameTable<Boolean> one = new NameTable<>(false);
        one.enter(name, true);
        return one.find(asked);
    }
}
