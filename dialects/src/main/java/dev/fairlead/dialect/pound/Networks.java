package dev.fairlead.dialect.pound;

import dev.fairlead.model.net.AddressRange;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Lists of networks: an address or `address/bits` in each line of a block or a file.
final class Networks {
    private Networks() {}

    /// The list of a name: what stands inside, or in the file that is named behind it.
    static List<AddressRange> named(Statement list, Reading reading) {
        return list.args().size() > 1 ? file(list, 1, reading) : inside(list.children(), reading);
    }

    /// The list that is named, or that stands inside or in a file.
    static List<AddressRange> of(Statement list, Map<String, List<AddressRange>> known, Reading reading) {
        if (list.args().isEmpty()) {
            return inside(list.children(), reading);
        }
        if (list.args().size() > 1) {
            return file(list, 0, reading);
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

    private static List<AddressRange> inside(List<Statement> lines, Reading reading) {
        List<AddressRange> ranges = new ArrayList<>();
        for (Statement line : lines) {
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

    /// `-file NAME` or `-filewatch NAME` from the argument `from` on.
    private static List<AddressRange> file(Statement list, int from, Reading reading) {
        Word option = list.arg(from);
        boolean isWatched = option.text().equals("-filewatch");
        if ((!isWatched && !option.text().equals("-file")) || list.args().size() != from + 2) {
            reading.problems()
                    .error(
                            "pound.option",
                            option.span(),
                            "unexpected \"" + option.text() + "\"",
                            "a list stands in a block, or in a file: -file \"NAME\"");
            return List.of();
        }
        Word name = list.arg(from + 1);
        if (isWatched) {
            reading.problems()
                    .warning(
                            "pound.without-effect",
                            option.span(),
                            "\"-filewatch\": the file is read at the start and on reload",
                            "reload once it has changed, for instance by a path unit");
        }
        return reading.open(reading.path(name.text()), name.span())
                .map(file -> Lexer.lines(file, reading.problems()).stream()
                        .map(words -> new Statement("", words.getFirst(), false, words, List.of()))
                        .toList())
                .map(lines -> inside(lines, reading))
                .orElse(List.of());
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
