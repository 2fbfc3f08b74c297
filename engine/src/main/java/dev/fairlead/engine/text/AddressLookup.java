package dev.fairlead.engine.text;

import dev.fairlead.engine.compile.Text;
import dev.fairlead.engine.http.Exchange;
import dev.fairlead.engine.http.field.FieldName;
import dev.fairlead.engine.http.field.Fields;
import dev.fairlead.engine.text.value.Value;
import dev.fairlead.model.net.AddressRange;
import dev.fairlead.model.text.Attribute;
import dev.fairlead.model.text.LookupTable;
import dev.fairlead.model.text.Template;
import dev.fairlead.model.text.Variable;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A value chosen by an address: that of the most specific block it lies in.
final class AddressLookup implements Value {
    private final @Nullable Text input;
    private final BlockTree<String> blocks = new BlockTree<>();
    private final String otherwise;
    private final List<AddressRange.Block> trustedProxies;
    private final boolean trustsChain;

    AddressLookup(LookupTable.ByAddress table, Texts texts) {
        input = isClientAddress(table.input()) ? null : texts.compile(table.input());
        otherwise = Text.bytes(table.otherwise());
        trustedProxies = table.trustedProxies();
        trustsChain = table.trustChain();
        table.blocks().forEach((block, value) -> blocks.put(block, Text.bytes(value)));
    }

    private static boolean isClientAddress(Template template) {
        return template.parts().size() == 1
                && template.parts().getFirst() instanceof Template.Part.Reference reference
                && reference.variable().equals(new Variable.Builtin(Attribute.CLIENT_ADDRESS));
    }

    @Override
    public String find(Exchange exchange) {
        byte[] address = address(exchange);
        if (!trustedProxies.isEmpty() && ForwardedAddress.isIn(trustedProxies, address)) {
            Fields fields = exchange.head().fields();
            address = ForwardedAddress.of(fields, FieldName.X_FORWARDED_FOR, address, trustedProxies, trustsChain);
        }
        String found = blocks.find(Addresses.unmapped(address));
        return found == null ? otherwise : found;
    }

    private byte[] address(Exchange exchange) {
        Text text = input;
        if (text == null) {
            return exchange.client().address();
        }
        return Addresses.parse(text.of(exchange)).orElse(Addresses.NOWHERE);
    }
}
