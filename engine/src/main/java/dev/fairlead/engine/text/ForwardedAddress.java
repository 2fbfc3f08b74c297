package dev.fairlead.engine.text;

import dev.fairlead.engine.http.field.FieldName;
import dev.fairlead.engine.http.field.Fields;
import dev.fairlead.engine.text.value.FieldValues;
import dev.fairlead.model.net.AddressRange;
import java.util.List;
import java.util.Optional;

/// The client's address as proxies report it in a list that each appends to.
public final class ForwardedAddress {
    private ForwardedAddress() {}

    /// Reads the list of a field from its end.
    ///
    /// @param peer who sent the request; a trusted proxy
    /// @param recursive whether entries that are trusted proxies themselves are skipped
    /// @return the address found, else the last one that could be read, else `peer`
    static byte[] of(
            Fields fields, FieldName name, byte[] peer, List<? extends AddressRange> trusted, boolean recursive) {
        return find(fields, name, trusted, recursive)
                .flatMap(entry -> Addresses.parse(withoutPort(entry)))
                .orElse(peer);
    }

    /// The entry of the list that names the client, as text that may have a port.
    public static Optional<String> find(
            Fields fields, FieldName name, List<? extends AddressRange> trusted, boolean recursive) {
        String list = joined(fields, name);
        String best = "";
        int end = list.length();
        while (end > 0) {
            int start = list.lastIndexOf(',', end - 1);
            String entry = list.substring(start + 1, end).strip();
            Optional<byte[]> address = Addresses.parse(withoutPort(entry));
            if (address.isEmpty()) {
                break;
            }
            best = entry;
            if (!recursive || !isIn(trusted, address.get())) {
                break;
            }
            end = Math.max(start, 0);
        }
        return best.isEmpty() ? Optional.empty() : Optional.of(best);
    }

    private static String joined(Fields fields, FieldName name) {
        String all = FieldValues.joined(fields, name, ",");
        return all == null ? "" : all;
    }

    /// Without the port of `192.0.2.1:80` and `[2001:db8::1]:80`.
    public static String withoutPort(String entry) {
        int bracket = entry.lastIndexOf(']');
        if (bracket >= 0) {
            return entry.substring(entry.startsWith("[") ? 1 : 0, bracket);
        }
        int colon = entry.indexOf(':');
        return colon >= 0 && entry.indexOf(':', colon + 1) < 0 ? entry.substring(0, colon) : entry;
    }

    /// The port of such an entry; 0 if it has none.
    public static int port(String entry) {
        int colon = entry.lastIndexOf(':');
        boolean hasPort = colon >= 0 && (entry.indexOf(':') == colon || entry.lastIndexOf(']') == colon - 1);
        if (!hasPort) {
            return 0;
        }
        try {
            int port = Integer.parseInt(entry.substring(colon + 1));
            return port > 0 && port < 65536 ? port : 0;
        } catch (NumberFormatException notAPort) {
            return 0;
        }
    }

    public static boolean isIn(List<? extends AddressRange> ranges, byte[] address) {
        for (AddressRange range : ranges) {
            boolean contains = switch (range) {
                case AddressRange.Everyone everyone -> true;
                case AddressRange.UnixClients unix -> address.length == 0;
                case AddressRange.Block block -> block.contains(address);
            };
            if (contains) {
                return true;
            }
        }
        return false;
    }
}
