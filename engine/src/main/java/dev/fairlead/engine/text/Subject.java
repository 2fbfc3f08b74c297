package dev.fairlead.engine.text;

import dev.fairlead.engine.compile.Text;
import dev.fairlead.engine.http.Exchange;
import dev.fairlead.engine.http.field.FieldName;
import dev.fairlead.engine.http.field.Fields;
import dev.fairlead.engine.text.value.Value;
import dev.fairlead.model.text.Template;
import dev.fairlead.model.text.Variable;
import dev.fairlead.time.AllowForbidden;
import io.netty.util.concurrent.FastThreadLocal;
import java.nio.charset.StandardCharsets;

/// What a condition looks at: the bytes of a value, or of each member of a list. Header fields are looked at
/// where they lie.
interface Subject {
    /// Whether the test holds for the value, or for one of its members. Not for a value that does not exist.
    boolean any(Exchange exchange, BytesTest test);

    /// A question about bytes.
    @FunctionalInterface
    interface BytesTest {
        /// @param bytes borrowed
        boolean holds(byte[] bytes, int from, int to);
    }

    /// @param eachOfList whether the value is taken apart at its commas
    static Subject of(Template template, boolean eachOfList, Texts texts) {
        Value value = texts.operand(template);
        if (template.parts().size() == 1
                && template.parts().getFirst()
                        instanceof Template.Part.Reference(Variable.RequestHeader(String name))) {
            return new OfField(FieldName.of(Text.bytes(name)), value, eachOfList);
        }
        return new OfValue(value, eachOfList);
    }

    /// @param joined the value of several fields
    record OfField(FieldName name, Value joined, boolean eachOfList) implements Subject {
        @Override
        public boolean any(Exchange exchange, BytesTest test) {
            Fields fields = exchange.head().fields();
            int field = fields.first(name);
            if (field < 0) {
                return false;
            }
            if (!eachOfList) {
                return fields.next(name, field) < 0
                        ? test.holds(fields.bytes(), fields.valueStart(field), fields.valueEnd(field))
                        : new OfValue(joined, false).any(exchange, test);
            }
            while (field >= 0) {
                if (Members.any(fields.bytes(), fields.valueStart(field), fields.valueEnd(field), test)) {
                    return true;
                }
                field = fields.next(name, field);
            }
            return false;
        }
    }

    record OfValue(Value value, boolean eachOfList) implements Subject {
        private static final FastThreadLocal<byte[]> SCRATCH = new FastThreadLocal<>() {
            @Override
            protected byte[] initialValue() {
                return new byte[1024];
            }
        };

        @Override
        public boolean any(Exchange exchange, BytesTest test) {
            String text = value.find(exchange);
            if (text == null) {
                return false;
            }
            byte[] bytes = bytes(text);
            return eachOfList ? Members.any(bytes, 0, text.length(), test) : test.holds(bytes, 0, text.length());
        }

        @AllowForbidden("the one copy of the low bytes that makes no array; values have no others")
        @SuppressWarnings("deprecation")
        private static byte[] bytes(String text) {
            byte[] bytes = SCRATCH.get();
            if (bytes.length < text.length()) {
                if (text.length() > 65_536) {
                    return text.getBytes(StandardCharsets.ISO_8859_1);
                }
                bytes = new byte[Integer.highestOneBit(text.length()) * 2];
                SCRATCH.set(bytes);
            }
            text.getBytes(0, text.length(), bytes, 0);
            return bytes;
        }
    }
}
