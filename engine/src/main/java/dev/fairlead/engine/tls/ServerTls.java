package dev.fairlead.engine.tls;

import dev.fairlead.model.http.HttpListener;
import dev.fairlead.model.http.VirtualHost;
import dev.fairlead.source.Problems;
import java.util.IdentityHashMap;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// TLS of a listener: for each server name that a client may ask for, how its virtual host speaks TLS. Immutable.
public final class ServerTls {
    private final NameTable<HostTls> hosts;

    private ServerTls(HostTls otherwise) {
        hosts = new NameTable<>(otherwise);
    }

    /// Reads certificates and keys of all hosts.
    ///
    /// @param live where they can be replaced
    /// @return empty if something is wrong, which is then among the problems
    public static Optional<ServerTls> compile(HttpListener listener, Problems problems, LiveCertificates live) {
        IdentityHashMap<VirtualHost, HostTls> compiled = new IdentityHashMap<>();
        for (VirtualHost host : listener.hosts()) {
            host.tls()
                    .flatMap(tls -> HostContexts.compile(tls, problems, live))
                    .ifPresent(tls -> compiled.put(host, tls));
        }
        HostTls otherwise = compiled.get(listener.defaultHost());
        if (otherwise == null) {
            if (listener.defaultHost().tls().isEmpty()) {
                problems.error(
                        "tls.missing",
                        listener.defaultHost().origin(),
                        "no certificate is defined for the TLS listener "
                                + listener.address().text());
            }
            return Optional.empty();
        }
        ServerTls result = new ServerTls(otherwise);
        for (VirtualHost host : listener.hosts()) {
            HostTls tls = compiled.get(host);
            if (tls != null) {
                host.names().forEach(name -> result.hosts.enter(name, tls));
            }
        }
        return Optional.of(result);
    }

    /// @param serverName as the client sent it; null if it sent none
    public HostTls forName(@Nullable String serverName) {
        return hosts.find(serverName).forName(serverName);
    }
}
