package dev.fairlead.engine.text;

import dev.fairlead.engine.compile.Text;
import dev.fairlead.engine.http.Exchange;
import dev.fairlead.engine.text.value.Value;
import dev.fairlead.model.text.LookupTable;
import java.nio.charset.StandardCharsets;

/// A value chosen by the hash of a text, in proportion.
final class ShareLookup implements Value {
    private final Text input;
    private final long[] bounds;
    private final Text[] values;

    ShareLookup(LookupTable.ByShare table, Texts texts) {
        input = texts.compile(table.input());
        bounds = new long[table.shares().size()];
        values = new Text[bounds.length];
        long last = 0;
        for (int i = 0; i < bounds.length; i++) {
            LookupTable.Share share = table.shares().get(i);
            values[i] = texts.compile(share.value());
            if (share.hundredths().isPresent()) {
                // Rounded down for each share, as nginx does: the same clients get the same share.
                last += share.hundredths().get() * 0xffff_ffffL / 10_000;
                bounds[i] = last;
            } else {
                bounds[i] = Long.MAX_VALUE;
            }
        }
    }

    @Override
    public String find(Exchange exchange) {
        long hash = MurmurHash.of(input.of(exchange).getBytes(StandardCharsets.ISO_8859_1)) & 0xffff_ffffL;
        for (int i = 0; i < bounds.length; i++) {
            if (hash < bounds[i]) {
                return values[i].of(exchange);
            }
        }
        return "";
    }
}
