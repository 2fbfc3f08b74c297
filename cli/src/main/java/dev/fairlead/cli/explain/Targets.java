package dev.fairlead.cli.explain;

import dev.fairlead.model.http.Forward;
import dev.fairlead.model.net.Address;
import dev.fairlead.model.stream.StreamForward;
import dev.fairlead.model.tls.TlsClient;
import dev.fairlead.model.upstream.Balance;
import dev.fairlead.model.upstream.Upstream;
import java.util.List;
import java.util.Optional;

/// What is known of where something is passed on to.
final class Targets {
    private Targets() {}

    /// @param chosen the name of the upstream that it turned out to be
    static Optional<Upstream> upstream(Forward.Target target, String chosen) {
        return switch (target) {
            case Forward.Target.Fixed fixed -> Optional.of(fixed.upstream());
            case Forward.Target.Computed computed -> named(computed.declared(), chosen);
        };
    }

    static Optional<Upstream> upstream(StreamForward.Target target, String chosen) {
        return switch (target) {
            case StreamForward.Target.Fixed fixed -> Optional.of(fixed.upstream());
            case StreamForward.Target.Computed computed -> named(computed.declared(), chosen);
        };
    }

    private static Optional<Upstream> named(List<Upstream> declared, String chosen) {
        return declared.stream()
                .filter(upstream -> upstream.name().equalsIgnoreCase(chosen))
                .findFirst();
    }

    /// Of a server that no upstream declares.
    static Optional<Address> address(String text) {
        if (text.startsWith("unix:")) {
            return Optional.of(new Address.Unix(text.substring("unix:".length())));
        }
        int colon = text.lastIndexOf(':');
        String port = text.substring(colon + 1);
        return colon > 0 && port.matches("[0-9]{1,5}")
                ? Optional.of(
                        new Address.Tcp(text.substring(0, colon).replaceAll("[\\[\\]]", ""), Integer.parseInt(port)))
                : Optional.empty();
    }

    /// How one of several servers is chosen.
    static String words(Balance balance) {
        return switch (balance) {
            case Balance.RoundRobin inTurn -> "servers take turns";
            case Balance.FixedRotation inTurn -> "servers take turns in a fixed order";
            case Balance.LeastConnections least -> "the server with the fewest requests for its weight is next";
            case Balance.ClientAddress address -> "the client's address decides";
            case Balance.Hash hash -> "the hash of a text decides";
            case Balance.Keyed keyed ->
                switch (keyed.key()) {
                    case Balance.Key.SourceAddress source -> "the hash of the client's address decides";
                    case Balance.Key.Target target -> "the hash of the target decides";
                    case Balance.Key.Text text -> "the hash of a text decides";
                };
            case Balance.Random random -> "chance decides: the next request may get another";
            case Balance.InOrder inOrder -> "the first server that has room is next";
        };
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
