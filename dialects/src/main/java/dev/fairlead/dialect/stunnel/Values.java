package dev.fairlead.dialect.stunnel;

import dev.fairlead.dialect.Hosts;
import dev.fairlead.model.net.Address;
import dev.fairlead.model.tls.TlsVersion;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/// Values as stunnel writes them.
final class Values {
    static final int NOTICE = 5;

    private static final List<String> LEVELS =
            List.of("emerg", "alert", "crit", "err", "warning", "notice", "info", "debug");
    private static final Set<String> NEGATIVE = Set.of("false", "off", "0", "n", "none", "disable", "disabled");
    private static final String FOUR_NUMBERS =
            "an address is four numbers up to 255, such as 127.0.0.1, or an IPv6 address";
    private static final int HIGHEST_PORT = 0xffff;

    private Values() {}

    static Optional<Boolean> yesOrNo(Line.Option option, Reading reading) {
        if (option.value().equalsIgnoreCase("yes")) {
            return Optional.of(true);
        }
        if (option.value().equalsIgnoreCase("no")) {
            return Optional.of(false);
        }
        reading.wrong(
                option,
                "The argument needs to be either 'yes' or 'no'",
                option.name() + " = " + (NEGATIVE.contains(option.value().toLowerCase(Locale.ROOT)) ? "no" : "yes"));
        return Optional.empty();
    }

    static Optional<Integer> number(Line.Option option, Reading reading) {
        try {
            int number = Integer.parseInt(option.value());
            if (number >= 0) {
                return Optional.of(number);
            }
        } catch (NumberFormatException none) {
            // Said below.
        }
        boolean isSeconds = option.name().toLowerCase(Locale.ROOT).startsWith("timeout");
        reading.wrong(
                option,
                "Illegal " + option.name(),
                isSeconds ? "a number of seconds without a unit, such as 300" : "a number, such as 300");
        return Optional.empty();
    }

    static Optional<Duration> seconds(Line.Option option, Reading reading) {
        return number(option, reading).map(Duration::ofSeconds);
    }

    /// `[HOST:]PORT` or the path of a unix socket.
    ///
    /// @param usualHost where none is named
    static Optional<Address> address(Line.Option option, String usualHost, Reading reading) {
        String text = option.value();
        if (text.startsWith("/")) {
            return Optional.of(new Address.Unix(reading.path(text)));
        }
        int colon = text.lastIndexOf(':');
        String host = colon < 0 ? usualHost : text.substring(0, colon);
        String bare = host.startsWith("[") && host.endsWith("]") ? host.substring(1, host.length() - 1) : host;
        Optional<Integer> port = port(text.substring(colon + 1));
        if (port.isEmpty() || bare.isEmpty()) {
            reading.wrong(
                    option,
                    "Failed to resolve \"" + text + "\"",
                    port.isEmpty() ? Slips.inAddress(option) : "a host in front of the colon, or the port alone");
            return Optional.empty();
        }
        Address.Tcp address = new Address.Tcp(bare, port.get());
        if (Hosts.isImpossible(address.host())) {
            String message = "Error resolving \"" + bare + "\"";
            if (option.name().equalsIgnoreCase("accept")) {
                reading.wrong(option, message, FOUR_NUMBERS);
                return Optional.empty();
            }
            // stunnel starts all the same, and asks again for each connection.
            reading.warn(option, message + ": no connection gets there", FOUR_NUMBERS);
        }
        return Optional.of(address);
    }

    private static Optional<Integer> port(String text) {
        boolean isNumber = !text.isEmpty() && text.length() <= 5 && text.chars().allMatch(c -> c >= '0' && c <= '9');
        if (isNumber) {
            return Optional.of(Integer.parseInt(text)).filter(port -> port <= HIGHEST_PORT);
        }
        return switch (text.toLowerCase(Locale.ROOT)) {
            case "ftp" -> Optional.of(21);
            case "ssh" -> Optional.of(22);
            case "telnet" -> Optional.of(23);
            case "smtp" -> Optional.of(25);
            case "http" -> Optional.of(80);
            case "pop3" -> Optional.of(110);
            case "nntp" -> Optional.of(119);
            case "imap", "imap2" -> Optional.of(143);
            case "ldap" -> Optional.of(389);
            case "https" -> Optional.of(443);
            case "smtps", "ssmtp", "submissions" -> Optional.of(465);
            case "nntps" -> Optional.of(563);
            case "submission" -> Optional.of(587);
            case "ldaps" -> Optional.of(636);
            case "ftps" -> Optional.of(990);
            case "imaps" -> Optional.of(993);
            case "pop3s" -> Optional.of(995);
            case "mysql" -> Optional.of(3306);
            case "postgresql" -> Optional.of(5432);
            case "redis" -> Optional.of(6379);
            case "http-alt" -> Optional.of(8080);
            default -> Optional.empty();
        };
    }

    /// Empty in it for `all`.
    static Optional<Optional<TlsVersion>> version(Line.Option option, Reading reading) {
        String text = option.value();
        if (text.equalsIgnoreCase("all")) {
            return Optional.of(Optional.empty());
        }
        for (TlsVersion version : TlsVersion.values()) {
            if (version.text().equalsIgnoreCase(text)) {
                return Optional.of(Optional.of(version));
            }
        }
        reading.wrong(option, "Invalid TLS version", "all, SSLv3, TLSv1, TLSv1.1, TLSv1.2 or TLSv1.3");
        return Optional.empty();
    }

    /// 0 to 7 by number or name.
    static Optional<Integer> level(String text) {
        String lower = text.toLowerCase(Locale.ROOT);
        int named = LEVELS.indexOf(lower);
        if (named >= 0) {
            return Optional.of(named);
        }
        return lower.length() == 1 && lower.charAt(0) >= '0' && lower.charAt(0) <= '7'
                ? Optional.of(lower.charAt(0) - '0')
                : Optional.empty();
    }
}
