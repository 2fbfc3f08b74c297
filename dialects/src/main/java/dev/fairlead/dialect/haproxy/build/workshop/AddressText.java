package dev.fairlead.dialect.haproxy.build.workshop;

import java.util.List;
import java.util.Optional;

/// What stands in front of addresses (configuration manual, section 11).
public final class AddressText {
    /// What an address in digits consists of.
    public static final String FOUR_NUMBERS = "four numbers up to 255, such as 127.0.0.1; IPv6 in brackets: [::1]:80";

    private static final List<String> FAMILIES =
            List.of("ipv4@", "ipv6@", "tcp@", "tcp4@", "tcp6@", "stream+ipv4@", "stream+ipv6@");

    private AddressText() {}

    /// Without the family, which the address itself shows.
    public static String withoutFamily(String text) {
        return FAMILIES.stream()
                .filter(text::startsWith)
                .findFirst()
                .map(family -> text.substring(family.length()))
                .orElse(text);
    }

    /// Whether it stands for the address that the client asked for.
    public static boolean isAny(String host) {
        return host.isEmpty() || host.equals("*") || host.equals("0.0.0.0") || host.equals("::");
    }

    /// The path of a unix socket; empty for other addresses.
    public static Optional<String> unixPath(String text) {
        if (text.startsWith("/")) {
            return Optional.of(text);
        }
        return text.startsWith("unix@") ? Optional.of(text.substring("unix@".length())) : Optional.empty();
    }
}
