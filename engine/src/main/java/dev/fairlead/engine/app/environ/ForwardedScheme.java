package dev.fairlead.engine.app.environ;

import dev.fairlead.engine.http.field.FieldName;
import dev.fairlead.engine.http.field.Fields;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/// What trusted peers say about the scheme of a request, gunicorn's `secure_scheme_headers`: a header with
/// the value
/// given says https, with any other value http. Headers that disagree make the request a bad one.
final class ForwardedScheme {
    /// What the headers say.
    enum Said {
        NOTHING,
        HTTP,
        HTTPS,
        BOTH
    }

    private final FieldName[] names;
    private final byte[][] values;

    /// A bit for each length of a name, modulo 64.
    private final long lengths;

    ForwardedScheme(Map<String, String> secureHeaders) {
        names = secureHeaders.keySet().stream().map(FieldName::of).toArray(FieldName[]::new);
        values = secureHeaders.values().stream()
                .map(value -> value.getBytes(StandardCharsets.ISO_8859_1))
                .toArray(byte[][]::new);
        lengths = secureHeaders.keySet().stream()
                .mapToLong(name -> 1L << name.length())
                .reduce(0, (a, b) -> a | b);
    }

    Said in(Fields fields) {
        Said said = Said.NOTHING;
        for (int field = 0; field < fields.size(); field++) {
            int length = fields.nameEnd(field) - fields.nameStart(field);
            if ((lengths >>> length & 1) != 0 && fields.isPresent(field)) {
                said = with(said, fields, field);
            }
        }
        return said;
    }

    private Said with(Said said, Fields fields, int field) {
        for (int i = 0; i < names.length; i++) {
            if (fields.is(field, names[i])) {
                Said now = isValue(fields, field, values[i]) ? Said.HTTPS : Said.HTTP;
                return said == Said.NOTHING || said == now ? now : Said.BOTH;
            }
        }
        return said;
    }

    private static boolean isValue(Fields fields, int field, byte[] value) {
        int start = fields.valueStart(field);
        int count = fields.valueEnd(field) - start;
        if (count != value.length) {
            return false;
        }
        for (int i = 0; i < count; i++) {
            if (fields.bytes()[start + i] != value[i]) {
                return false;
            }
        }
        return true;
    }
}
