package dev.fairlead.engine.compile;

import dev.fairlead.engine.http.Exchange;
import java.nio.charset.StandardCharsets;

/// A compiled template: text for a request. Characters are bytes (ISO-8859-1).
public interface Text {
    String of(Exchange exchange);

    /// Whether it is the same for every request; then `of` never allocates.
    default boolean isConstant() {
        return false;
    }

    /// Text from a configuration in the form the engine works with: its UTF-8 bytes, one to a character.
    static String bytes(String unicode) {
        for (int i = 0; i < unicode.length(); i++) {
            if (unicode.charAt(i) >= 0x80) {
                return new String(unicode.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
            }
        }
        return unicode;
    }

    /// The text with ASCII letters in lower case and every other byte as it is.
    static String lowerCase(String bytes) {
        for (int i = 0; i < bytes.length(); i++) {
            if (bytes.charAt(i) >= 'A' && bytes.charAt(i) <= 'Z') {
                char[] lower = bytes.toCharArray();
                for (int k = i; k < lower.length; k++) {
                    lower[k] = lower[k] >= 'A' && lower[k] <= 'Z' ? (char) (lower[k] | 0x20) : lower[k];
                }
                return new String(lower);
            }
        }
        return bytes;
    }
}
