package dev.fairlead.dialect.nginx.value;

import dev.fairlead.dialect.Hosts;
import dev.fairlead.model.net.Address;
import dev.fairlead.model.net.AddressRange;
import java.util.Optional;

/// Addresses as nginx writes them: `host:port`, `[::1]:80`, `*:80`, `80`, `unix:/path`, and CIDR blocks.
public final class Addresses {
    private Addresses() {}

    /// What became of an address.
    public sealed interface Parsed {
        /// @param portGiven whether the text names the port
        record Good(Address address, boolean portGiven) implements Parsed {}

        /// @param reason in nginx's words
        record Bad(String reason) implements Parsed {}
    }

    /// Who the address is for.
    public enum Purpose {
        LISTEN,
        CONNECT
    }

    public static Parsed parse(String text, int defaultPort, Purpose purpose) {
        if (text.startsWith("unix:")) {
            String path = text.substring(5);
            return path.isEmpty()
                    ? new Parsed.Bad("no path in the unix domain socket")
                    : new Parsed.Good(new Address.Unix(path), true);
        }
        if (text.indexOf('/') >= 0 || text.indexOf('?') >= 0) {
            return new Parsed.Bad("invalid host");
        }
        if (text.startsWith("[")) {
            return bracketed(text, defaultPort);
        }
        int colon = text.lastIndexOf(':');
        if (colon >= 0) {
            return named(text.substring(0, colon), text.substring(colon + 1), defaultPort, purpose);
        }
        if (purpose == Purpose.LISTEN && Numbers.parse(text).isPresent()) {
            return port(text)
                    .<Parsed>map(port -> new Parsed.Good(new Address.Tcp("*", port), true))
                    .orElse(new Parsed.Bad("invalid port"));
        }
        return named(text, "", defaultPort, purpose);
    }

    private static Parsed bracketed(String text, int defaultPort) {
        int close = text.indexOf(']');
        Optional<byte[]> bytes = close < 0 ? Optional.empty() : Literals.ipv6(text.substring(1, close));
        if (bytes.isEmpty()) {
            return new Parsed.Bad("invalid host");
        }
        String host = text.substring(1, close);
        String rest = text.substring(close + 1);
        if (rest.isEmpty()) {
            return new Parsed.Good(new Address.Tcp(host, defaultPort), false);
        }
        if (!rest.startsWith(":")) {
            return new Parsed.Bad("invalid host");
        }
        return port(rest.substring(1))
                .<Parsed>map(port -> new Parsed.Good(new Address.Tcp(host, port), true))
                .orElse(new Parsed.Bad("invalid port"));
    }

    private static Parsed named(String host, String port, int defaultPort, Purpose purpose) {
        boolean portGiven = !port.isEmpty();
        Optional<Integer> number = portGiven ? port(port) : Optional.of(defaultPort);
        if (number.isEmpty()) {
            return new Parsed.Bad("invalid port");
        }
        if (host.isEmpty()) {
            return new Parsed.Bad("no host");
        }
        if (host.equals("*") ? purpose == Purpose.CONNECT : !isHost(host)) {
            return new Parsed.Bad("host not found");
        }
        Address.Tcp address = new Address.Tcp(host, number.get());
        return Hosts.isImpossible(address.host())
                ? new Parsed.Bad("host not found")
                : new Parsed.Good(address, portGiven);
    }

    /// Whether a host is an address in digits, not a name.
    public static boolean isLiteral(String host) {
        return host.indexOf(':') >= 0 || host.matches("\\d+(\\.\\d+){3}");
    }

    /// Whether a name could be one of a machine. No name is looked up here.
    private static boolean isHost(String text) {
        return text.matches("[A-Za-z_][A-Za-z0-9_-]*|[A-Za-z0-9_-]+(\\.[A-Za-z0-9_-]+)+\\.?");
    }

    private static Optional<Integer> port(String text) {
        return Numbers.parseInt(text).filter(port -> port >= 1 && port <= 65535);
    }

    /// `all` is not read here. The bits behind the prefix may be set; they are cleared.
    public static Optional<Cidr> cidr(String text) {
        int slash = text.indexOf('/');
        Optional<byte[]> address = Literals.ip(slash < 0 ? text : text.substring(0, slash));
        if (address.isEmpty()) {
            return Optional.empty();
        }
        int bits = address.get().length * 8;
        Optional<Integer> prefix = slash < 0 ? Optional.of(bits) : prefix(text.substring(slash + 1), bits);
        return prefix.filter(length -> length <= bits).map(length -> Cidr.of(address.get(), length));
    }

    /// The prefix length, or a dotted mask for IPv4.
    private static Optional<Integer> prefix(String text, int bits) {
        Optional<byte[]> mask = bits == 32 ? Literals.ipv4(text) : Optional.empty();
        if (mask.isEmpty()) {
            return Numbers.parseInt(text);
        }
        int value = java.nio.ByteBuffer.wrap(mask.get()).getInt();
        int ones = Integer.bitCount(value);
        return value == (ones == 0 ? 0 : -1 << (32 - ones)) ? Optional.of(ones) : Optional.empty();
    }

    /// @param meaningless whether bits behind the prefix were set
    public record Cidr(AddressRange.Block block, boolean meaningless) {
        static Cidr of(byte[] address, int length) {
            byte[] network = address.clone();
            for (int bit = length; bit < network.length * 8; bit++) {
                network[bit / 8] &= (byte) ~(0x80 >> (bit % 8));
            }
            return new Cidr(new AddressRange.Block(network, length), !java.util.Arrays.equals(network, address));
        }
    }
}
