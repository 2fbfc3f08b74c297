package dev.fairlead.engine.convert;

import dev.fairlead.model.text.Conversion.JsonText.Invalid;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/// Texts as the inside of a JSON string: ASCII only, with escapes for everything else.
public final class JsonText {
    private static final HexFormat HEX = HexFormat.of();

    private JsonText() {}

    /// @return null if the bytes are not UTF-8 and that is not to be borne
    public static @Nullable String of(Invalid invalid, String bytes) {
        String characters = invalid == Invalid.LATIN ? bytes : decoded(bytes, invalid);
        if (characters == null) {
            return null;
        }
        StringBuilder out = new StringBuilder(characters.length() + 16);
        for (int i = 0; i < characters.length(); i++) {
            append(characters.charAt(i), out);
        }
        return out.toString();
    }

    private static @Nullable String decoded(String bytes, Invalid invalid) {
        CodingErrorAction action = invalid == Invalid.DROPPED ? CodingErrorAction.IGNORE : CodingErrorAction.REPORT;
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .onMalformedInput(action)
                    .onUnmappableCharacter(action)
                    .decode(ByteBuffer.wrap(Plainly.bytes(bytes)))
                    .toString();
        } catch (CharacterCodingException notUtf8) {
            return null;
        }
    }

    private static void append(char c, StringBuilder out) {
        switch (c) {
            case '"', '\\', '/' -> out.append('\\').append(c);
            case '\b' -> out.append("\\b");
            case '\f' -> out.append("\\f");
            case '\r' -> out.append("\\r");
            case '\n' -> out.append("\\n");
            case '\t' -> out.append("\\t");
            default -> {
                if (c >= ' ' && c < 0x7f) {
                    out.append(c);
                } else {
                    HEX.toHexDigits(out.append("\\u"), (byte) (c >> 8));
                    HEX.toHexDigits(out, (byte) c);
                }
            }
        }
    }
}
