package dev.fairlead.cli.explain;

import dev.fairlead.model.http.Forward;
import dev.fairlead.model.stream.StreamForward;
import dev.fairlead.model.tls.TlsClient;
import dev.fairlead.model.upstream.Upstream;
import java.util.List;
import java.util.Optional;

/// What is known of where something is passed on to.
final class Targets {
    private Targets() {}

    /// @param chosen the name of the upstream that it turned out to be
    static List<Upstream.Server> servers(Forward.Target target, String chosen) {
        return switch (target) {
            case Forward.Target.Fixed fixed -> fixed.upstream().servers();
            case Forward.Target.Computed computed -> servers(computed.declared(), chosen);
        };
    }

    static List<Upstream.Server> servers(StreamForward.Target target, String chosen) {
        return switch (target) {
            case StreamForward.Target.Fixed fixed -> fixed.upstream().servers();
            case StreamForward.Target.Computed computed -> servers(computed.declared(), chosen);
        };
    }

    private static List<Upstream.Server> servers(List<Upstream> declared, String chosen) {
        return declared.stream()
                .filter(upstream -> upstream.name().equalsIgnoreCase(chosen))
                .flatMap(upstream -> upstream.servers().stream())
                .toList();
    }

    /// How the connection is secured, if it is.
    static Optional<TlsClient> tls(Forward.Target target, String url) {
        return switch (target) {
            case Forward.Target.Fixed fixed -> fixed.tls();
            case Forward.Target.Computed computed -> url.startsWith("https:") ? computed.tls() : Optional.empty();
        };
    }

    /// The name that is asked for in TLS; empty if none is, or if it is not known beforehand.
    static String serverName(TlsClient tls, Forward.Target target) {
        if (!tls.sendServerName()) {
            return "";
        }
        String host = switch (target) {
            case Forward.Target.Fixed fixed -> fixed.hostText();
            case Forward.Target.Computed computed -> "";
        };
        return tls.name()
                .map(name -> name.isConstant() ? name.constantText() : "")
                .orElse(host);
    }
}
