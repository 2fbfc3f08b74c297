package dev.fairlead.engine.text;

import dev.fairlead.engine.connection.Peer;
import dev.fairlead.engine.match.NumberSet;
import dev.fairlead.model.text.StickTable;
import org.jspecify.annotations.Nullable;

/// Keys of stick tables.
public final class TableKeys {
    private TableKeys() {}

    /// The key that a text is in a table, null if it is none.
    public static @Nullable String of(StickTable table, String text) {
        return switch (table.key()) {
            case IPV4 -> address(text, true);
            case IPV6 -> address(text, false);
            case NUMBER -> {
                long number = NumberSet.leading(text);
                yield number == NumberSet.NO_NUMBER ? null : Long.toString(number);
            }
            case TEXT, BYTES -> text.length() > table.keyLength() ? text.substring(0, table.keyLength()) : text;
        };
    }

    /// The key that a client's address is, without a new text where it need not be.
    static @Nullable String of(StickTable table, Peer client) {
        byte[] address = client.address();
        boolean isAsWritten = address.length == 4 || (address.length == 16 && Addresses.unmapped(address).length == 16);
        if (isAsWritten) {
            boolean fits = address.length == 4 || table.key() == StickTable.Key.IPV6;
            return fits ? client.text() : null;
        }
        return of(table, client.text());
    }

    private static @Nullable String address(String text, boolean isFour) {
        return Addresses.parse(text)
                .map(Addresses::unmapped)
                .filter(address -> !isFour || address.length == 4)
                .map(Addresses::text)
                .orElse(null);
    }
}
