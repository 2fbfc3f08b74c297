package dev.fairlead.dialect.pound;

import dev.fairlead.model.net.AddressRange;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
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
