package dev.fairlead.engine.text;

import dev.fairlead.engine.text.value.Value;
import dev.fairlead.model.text.LookupTable;

/// Compiles lookup tables.
final class Lookups {
    private Lookups() {}

    static Value compile(LookupTable table, Texts texts) {
        return switch (table) {
            case LookupTable.ByText byText -> new TextLookup(byText, texts);
            case LookupTable.ByAddress byAddress -> new AddressLookup(byAddress, texts);
            case LookupTable.ByShare byShare -> new ShareLookup(byShare, texts);
        };
    }
}
