package dev.fairlead.engine.access;

import dev.fairlead.engine.http.Exchange;
import dev.fairlead.engine.http.field.FieldName;
import dev.fairlead.engine.http.field.Fields;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;

/// User and password of Basic authentication (RFC 7617), as bytes in ISO-8859-1 characters.
public record Credentials(String user, String password) {
    private static final String SCHEME = "Basic ";

    /// What the request carries; empty if it carries none that can be read.
    public static Optional<Credentials> of(Exchange exchange) {
        Fields fields = exchange.head().fields();
        int field = fields.first(FieldName.AUTHORIZATION);
        return field < 0 ? Optional.empty() : parse(fields.value(field));
    }

    static Optional<Credentials> parse(String value) {
        if (!value.regionMatches(true, 0, SCHEME, 0, SCHEME.length())) {
            return Optional.empty();
        }
        String encoded = value.substring(SCHEME.length()).stripLeading();
        try {
            byte[] decoded = Base64.getDecoder().decode(encoded);
            String text = new String(decoded, StandardCharsets.ISO_8859_1);
            int colon = text.indexOf(':');
            return colon < 0
                    ? Optional.empty()
                    : Optional.of(new Credentials(text.substring(0, colon), text.substring(colon + 1)));
        } catch (IllegalArgumentException notBase64) {
            return Optional.empty();
        }
    }
}
