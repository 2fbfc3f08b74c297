package dev.fairlead.admin.command;

import dev.fairlead.engine.upstream.server.ServerFacts;
import dev.fairlead.model.control.ServerCommand;
import dev.fairlead.model.roster.Section;
import dev.fairlead.model.upstream.NameLookup;
import io.netty.util.NetUtil;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Optional;

/// `set server addr` and `set server fqdn`: where a server is from now on.
final class ServerMoves {
    private static final String BY = " by 'stats socket command'\n";
    private static final String LABELS = "[^.\\s]{1,63}(\\.[^.\\s]{1,63})*\\.?";
    private static final int LONGEST_NAME = 253;
    private static final int MOST_PORT = 65_535;

    private final Steered steered;

    ServerMoves(Steered steered) {
        this.steered = steered;
    }

    /// @param words `ADDRESS [port PORT]`
    String address(Section section, ServerFacts server, List<String> words) {
        if (words.isEmpty()) {
            return "set server <b>/<s> addr requires an address and optionally a port.\n";
        }
        String host = words.getFirst();
        if (!NetUtil.isValidIpV4Address(host) && !NetUtil.isValidIpV6Address(host)) {
            return "Invalid addr '" + host + "'" + BY;
        }
        if (!server.isPlaced() || !(server.address() instanceof InetSocketAddress)) {
            return "Update for the current server address family is only supported through configuration file" + BY;
        }
        boolean isSame = server.host().equals(host);
        StringBuilder told = new StringBuilder(
                isSame ? "no need to change the addr" : "IP changed from '" + server.host() + "' to '" + host + "'");
        int port = server.port();
        if (words.size() > 1 && words.get(1).equals("port")) {
            String text = words.size() > 2 ? words.get(2) : "";
            Optional<Integer> wanted = port(text);
            told.append(", ").append(portTold(text, wanted, port));
            port = wanted.orElse(port);
        }
        if (!isSame || port != server.port()) {
            steered.engine().tell(section.name(), server.name(), new ServerCommand.SetPlace(host, port));
        }
        return told + BY;
    }

    private static Optional<Integer> port(String text) {
        return text.matches("\\d{1,5}") && Integer.parseInt(text) <= MOST_PORT
                ? Optional.of(Integer.parseInt(text))
                : Optional.empty();
    }

    private static String portTold(String text, Optional<Integer> wanted, int present) {
        if (wanted.isEmpty()) {
            return text.matches("[+-].*")
                    ? "can't change <port> to port map because it is incompatible with current health check port"
                            + " configuration (use 'port' statement from the 'server' directive."
                    : "problem converting port '" + text + "' to an int";
        }
        return wanted.get() == present
                ? "no need to change the port"
                : "port changed from '" + present + "' to '" + wanted.get() + "'";
    }

    String name(Section section, ServerFacts server, String host) {
        if (host.isEmpty()) {
            return "set server <b>/<s> fqdn requires a FQDN.\n";
        }
        Optional<NameLookup> lookup =
                server.traits().lookup().filter(found -> found.by().isPresent());
        if (lookup.isEmpty()) {
            return "set server <b>/<s> fqdn failed because no resolution is configured.\n";
        }
        if (lookup.get().isService()) {
            return "set server <b>/<s> fqdn failed because SRV resolution is configured.\n";
        }
        if (server.askedHost().equals(host)) {
            return "no need to change the FDQN" + BY;
        }
        String name = section.name() + "/" + server.name();
        if (!host.matches(LABELS) || host.length() > LONGEST_NAME) {
            return "could not update " + name + " FQDN" + BY;
        }
        steered.engine().tell(section.name(), server.name(), new ServerCommand.SetHost(host));
        return name + " changed its FQDN from " + server.askedHost() + " to " + host + BY;
    }
}
