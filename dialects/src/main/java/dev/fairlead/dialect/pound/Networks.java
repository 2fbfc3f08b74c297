package dev.fairlead.dialect.pound;

import dev.fairlead.model.net.AddressRange;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Lists of networks: an address or `address/bits` in each line.
final class Networks {
    private Networks() {}

    static List<AddressRange> read(Statement list, Reading reading) {
        List<AddressRange> ranges = new ArrayList<>();
        for (Statement line : list.children()) {
            for (Word word : line.args()) {
                range(word.text())
                        .ifPresentOrElse(
                                ranges::add,
                                () -> reading.problems()
                                        .error(
                                                "pound.network",
                                                word.span(),
                                                "bad network \"" + word.text() + "\"",
                                                "such as \"10.0.0.0/8\" or \"2001:db8::/32\""));
            }
        }
        return ranges;
    }

    /// The list that is named, or that stands inside.
    static List<AddressRange> of(Statement list, Map<String, List<AddressRange>> known, Reading reading) {
        if (list.args().isEmpty()) {
            return read(list, reading);
        }
        List<AddressRange> named = known.get(list.text(0));
        if (named == null) {
            reading.problems()
                    .error(
                            "pound.acl",
                            list.arg(0).span(),
                            "ACL \"" + list.text(0) + "\" is not defined",
                            "it is defined outside of blocks: ACL \"" + list.text(0) + "\" … End");
            return List.of();
        }
        return named;
    }

    private static Optional<AddressRange> range(String text) {
        int slash = text.indexOf('/');
        String host = slash < 0 ? text : text.substring(0, slash);
        byte[] address;
        try {
            address = InetAddress.ofLiteral(host).getAddress();
        } catch (IllegalArgumentException bad) {
            return Optional.empty();
        }
        int most = address.length * 8;
        String length = slash < 0 ? String.valueOf(most) : text.substring(slash + 1);
        if (!length.matches("\\d{1,3}") || Integer.parseInt(length) > most) {
            return Optional.empty();
        }
        int prefix = Integer.parseInt(length);
        for (int i = 0; i < address.length; i++) {
            address[i] &= (byte) (0xff00 >> Math.clamp(prefix - i * 8L, 0, 8));
        }
        return Optional.of(new AddressRange.Block(address, prefix));
    }
}
