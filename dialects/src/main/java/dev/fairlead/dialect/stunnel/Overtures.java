package dev.fairlead.dialect.stunnel;

import dev.fairlead.model.net.ProxyProtocol;
import dev.fairlead.model.stream.Overture;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/// What is said on connections before TLS begins: `protocol` and what belongs to it.
final class Overtures {
    private static final Set<String> KNOWN = Set.of(
            "capwin",
            "capwinctrl",
            "cifs",
            "connect",
            "imap",
            "ldap",
            "nntp",
            "pgsql",
            "pop3",
            "proxy",
            "smtp",
            "socks");

    private final Reading reading;

    Overtures(Reading reading) {
        this.reading = reading;
    }

    static void read(Line.Option option, Service service, Reading reading) {
        String name = option.value().toLowerCase(Locale.ROOT);
        if (KNOWN.contains(name)) {
            service.protocol = Optional.of(new Given<>(name, option.valueSpan()));
        } else {
            reading.wrong(option, "Unknown protocol", "such as smtp, imap, pop3, pgsql, connect or proxy");
        }
    }

    static Optional<ProxyProtocol> header(Service service) {
        return service.protocol.filter(given -> given.value().equals("proxy")).map(given -> ProxyProtocol.VERSION_1);
    }

    /// Whether clients ask for TLS before they begin it.
    boolean isAsked(Service service) {
        if (service.client || service.protocol.isEmpty()) {
            return false;
        }
        return switch (service.protocol.get().value()) {
            case "proxy" -> false;
            case "pgsql" -> true;
            default -> {
                refuse(service, "clients begin TLS at once; let them use a port for TLS itself");
                yield false;
            }
        };
    }

    /// What is said to servers; a problem where it is not known here.
    Optional<Overture> of(Service service) {
        if (!service.client || service.protocol.isEmpty()) {
            return Optional.empty();
        }
        String name = service.protocol.get().value();
        if (!name.equals("connect")) {
            checkNobodyIsNamed(service);
        }
        return switch (name) {
            case "proxy" -> Optional.empty();
            case "smtp" -> Optional.of(Overture.Upgrade.SMTP);
            case "imap" -> Optional.of(Overture.Upgrade.IMAP);
            case "pop3" -> Optional.of(Overture.Upgrade.POP3);
            case "nntp" -> Optional.of(Overture.Upgrade.NNTP);
            case "pgsql" -> Optional.of(Overture.Upgrade.POSTGRESQL);
            case "connect" -> tunnel(service);
            default -> {
                refuse(service, "where the server has a port for TLS itself, use that without \"protocol\"");
                yield Optional.empty();
            }
        };
    }

    /// Whom TLS is spoken with behind a proxy.
    static Optional<String> behindProxy(Service service) {
        boolean isProxied = service.client
                && service.protocol
                        .filter(given -> given.value().equals("connect"))
                        .isPresent();
        return isProxied
                ? service.protocolHost.map(given -> given.value().replaceFirst(":[^:]*$", ""))
                : Optional.empty();
    }

    private Optional<Overture> tunnel(Service service) {
        if (service.protocolHost.isEmpty()) {
            reading.problems()
                    .error(
                            "stunnel.protocol",
                            service.protocol.orElseThrow().span(),
                            "Service [" + service.name + "]: protocolHost is required",
                            "whom the proxy shall connect to: protocolHost = HOST:PORT");
            return Optional.empty();
        }
        service.protocolScheme
                .filter(given -> !given.value().equalsIgnoreCase("basic"))
                .ifPresent(given -> reading.problems()
                        .error(
                                "stunnel.unsupported",
                                given.span(),
                                "protocolAuthentication \"" + given.value() + "\" is not supported by Fairlead",
                                "basic is"));
        Optional<String> credentials = service.protocolUser
                .filter(user -> service.protocolPassword.isPresent())
                .map(user -> user.value() + ":" + service.protocolPassword.get().value());
        return service.protocolHost.map(host -> new Overture.Tunnel(host.value(), credentials));
    }

    /// To nobody else than proxies we say who we are.
    private void checkNobodyIsNamed(Service service) {
        service.protocolUser
                .or(() -> service.protocolPassword)
                .ifPresent(given -> reading.problems()
                        .error(
                                "stunnel.unsupported",
                                given.span(),
                                "Service [" + service.name + "]: Fairlead does not log in with protocol \""
                                        + service.protocol.orElseThrow().value() + "\"",
                                "let the client log in itself"));
    }

    private void refuse(Service service, String hint) {
        Given<String> protocol = service.protocol.orElseThrow();
        reading.problems()
                .error(
                        "stunnel.unsupported",
                        protocol.span(),
                        "Service [" + service.name + "]: protocol \"" + protocol.value()
                                + "\" is not supported by Fairlead"
                                + (service.client ? "" : " without \"client = yes\""),
                        hint);
    }
}
