package dev.fairlead.dialect.stunnel;

import dev.fairlead.dialect.Directive;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// Options of a service: where connections come from, where they go, how long they may take.
final class ServiceRows {
    private ServiceRows() {}

    static List<Directive<Place, Setter>> rows() {
        return List.of(
                Rows.row(
                        "accept",
                        "Says where connections come in: [HOST:]PORT, every IPv4 address without a host, or a unix socket.",
                        (option, service, global, reading) -> Values.address(option, "*", reading)
                                .ifPresent(
                                        address -> service.accept = Optional.of(new Given<>(address, option.span())))),
                Rows.row(
                        "connect",
                        "Says where connections go: [HOST:]PORT, localhost without a host, or a unix socket. May be given"
                                + " several times.",
                        (option, service, global, reading) -> Values.address(option, "localhost", reading)
                                .ifPresent(address -> service.connects.add(new Given<>(address, option.span())))),
                Rows.row(
                        "redirect",
                        "Says where clients go whose certificate is not accepted.",
                        (option, service, global, reading) -> Values.address(option, "localhost", reading)
                                .ifPresent(address ->
                                        service.redirect = Optional.of(new Given<>(address, option.span())))),
                Rows.flag("client", "Speaks TLS to the server instead of the client.", (s, yes) -> s.client = yes),
                Rows.row(
                        "failover",
                        "Chooses among several servers: `prio` by their order, `rr` in turn.",
                        ServiceRows::failover),
                Rows.flag(
                        "delay",
                        "Looks the names of servers up for each connection instead of once, and tries them in their order. So it is"
                                + " done too where none of them can be found at the start.",
                        (s, yes) -> s.delay = yes),
                Rows.row(
                        "sni",
                        "Client mode: the server name that is asked for, nothing for none. Server mode: SERVICE:PATTERN makes"
                                + " this the service of SERVICE for clients that ask for such a name.",
                        ServiceRows::sni),
                Rows.row(
                        "protocol",
                        "`proxy` tells the server who the client is (PROXY protocol version 1). With `client = yes`, `smtp`,"
                                + " `imap`, `pop3`, `nntp` and `pgsql` ask the server for TLS, `connect` a proxy for a"
                                + " connection; without it, `pgsql` is asked for TLS by clients. Other protocols are refused.",
                        (option, service, global, reading) -> Overtures.read(option, service, reading)),
                Rows.text(
                        "protocolHost",
                        "Whom a proxy shall connect to: HOST:PORT.",
                        (s, given) -> s.protocolHost = Optional.of(given)),
                Rows.text(
                        "protocolUsername",
                        "Who we are for a proxy.",
                        (s, given) -> s.protocolUser = Optional.of(given)),
                Rows.text(
                        "protocolPassword",
                        "The password for a proxy.",
                        (s, given) -> s.protocolPassword = Optional.of(given)),
                Rows.text(
                        "protocolAuthentication",
                        "How a proxy asks for the password: `basic`.",
                        (s, given) -> s.protocolScheme = Optional.of(given)),
                Rows.text(
                        "local",
                        "Names the address that connections to the server are made from.",
                        (s, given) -> s.local = Optional.of(given.value())),
                Rows.flag(
                        "reset",
                        "Resets connections that end because something failed, instead of closing them.",
                        (s, yes) -> s.reset = yes),
                Rows.row(
                        "socket",
                        "TCP_NODELAY and SO_KEEPALIVE are followed; SO_BINDTODEVICE is refused unless the loopback address says the"
                                + " same; other options are noted and left aside.",
                        ServiceRows::socket),
                Rows.seconds("TIMEOUTbusy", "Bounds the TLS handshake.", (s, time) -> s.busy = time),
                Rows.seconds(
                        "TIMEOUTclose",
                        "Bounds how long the other side may go on once one has ended.",
                        (s, time) -> s.close = time),
                Rows.seconds(
                        "TIMEOUTconnect",
                        "Bounds how long connecting to a server may take.",
                        (s, time) -> s.connect = time),
                Rows.seconds(
                        "TIMEOUTidle",
                        "Ends connections on which nothing moves for so long.",
                        (s, time) -> s.idle = time));
    }

    private static void failover(Line.Option option, Service service, Global global, Reading reading) {
        switch (option.value().toLowerCase(Locale.ROOT)) {
            case "rr" -> service.roundRobin = true;
            case "prio" -> service.roundRobin = false;
            default -> reading.wrong(option, "The argument needs to be either 'rr' or 'prio'");
        }
    }

    private static void sni(Line.Option option, Service service, Global global, Reading reading) {
        service.names.add(new Given<>(option.value(), option.valueSpan()));
    }

    /// `a|l|r:OPTION=VALUE`.
    private static void socket(Line.Option option, Service service, Global global, Reading reading) {
        String text = option.value();
        int equals = text.indexOf('=');
        boolean isForm = text.length() > 2 && "alr".indexOf(text.charAt(0)) >= 0 && text.charAt(1) == ':' && equals > 2;
        if (!isForm) {
            reading.wrong(option, "Invalid socket option", "for example l:TCP_NODELAY=1");
            return;
        }
        String name = text.substring(2, equals);
        String value = text.substring(equals + 1);
        boolean isOn = value.equals("1") || value.equalsIgnoreCase("yes");
        switch (name) {
            case "TCP_NODELAY" -> service.noDelay = isOn;
            case "SO_KEEPALIVE" -> service.keepAlive = isOn;
            case "SO_REUSEADDR" -> {
                if (!isOn) {
                    reading.note(option, "addresses are always reused");
                }
            }
            case "SO_BINDTODEVICE" ->
                service.devices.add(new Given<>(text.charAt(0) + ":" + value, option.valueSpan()));
            default -> reading.note(option, "socket option " + name + " is not set here");
        }
    }
}
