package dev.fairlead.engine.upstream.server;

import dev.fairlead.model.net.Address;
import dev.fairlead.model.net.Listener;
import dev.fairlead.model.upstream.HealthCheck;
import dev.fairlead.model.upstream.Upstream;
import dev.fairlead.source.Diagnostic;

/// What is said of a host that a plan needs and nobody knows: by a start, and by whatever tries beforehand whether
/// one would succeed.
public final class UnknownHost {
    private static final String RULE = "upstream.host-not-found";

    private UnknownHost() {}

    public static Diagnostic of(Upstream upstream, Upstream.Server server) {
        return Diagnostic.error(
                        RULE,
                        server.origin().isBuiltIn() ? upstream.origin() : server.origin(),
                        "host not found in upstream \"" + server.address().text() + "\"")
                .hint("names of upstream servers are looked up when the configuration is read");
    }

    public static Diagnostic of(HealthCheck check, Address address) {
        return Diagnostic.error(RULE, check.origin(), "host not found for health check \"" + address.text() + "\"")
                .hint("names that health checks go to are looked up when the configuration is read");
    }

    public static Diagnostic of(Listener listener) {
        return Diagnostic.error(
                        "listen.host",
                        listener.origin(),
                        "host not found in \"" + listener.address().text() + "\"")
                .hint("an address of this machine goes here, or * for all of them");
    }
}
