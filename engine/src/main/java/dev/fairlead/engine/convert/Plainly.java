package dev.fairlead.engine.convert;

import dev.fairlead.engine.compile.Text;
import dev.fairlead.model.text.Conversion;
import io.netty.util.NetUtil;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/// Conversions that need nothing but the text.
public final class Plainly {
    private static final HexFormat HEX = HexFormat.of().withUpperCase();
    private static final String UNRESERVED = "-_.~";

    private Plainly() {}

    public static Converter of(Conversion.Plain conversion) {
        return switch (conversion) {
            case LOWER_CASE -> Text::lowerCase;
            case UPPER_CASE -> Plainly::upperCase;
            case LENGTH -> text -> Integer.toString(text.length());
            case DECODE_QUERY -> text -> decodeUrl(text, true);
            case DECODE_PATH -> text -> decodeUrl(text, false);
            case ENCODE_URL -> Plainly::encodeUrl;
            case ENCODE_BASE64 -> text -> Base64.getEncoder().encodeToString(bytes(text));
            case DECODE_BASE64 -> text -> decode(Base64.getDecoder(), text);
            case ENCODE_BASE64_URL ->
                text -> Base64.getUrlEncoder().withoutPadding().encodeToString(bytes(text));
            case DECODE_BASE64_URL -> text -> decode(Base64.getUrlDecoder(), text);
            case ENCODE_HEX -> text -> HEX.formatHex(bytes(text));
            case DECODE_HEX -> Plainly::decodeHex;
            case HEX_TO_NUMBER -> Plainly::hexToNumber;
            case NUMBER_BYTES -> Plainly::numberBytes;
            case ADDRESS_BYTES -> Plainly::addressBytes;
            case FIRST_LINE -> Plainly::firstLine;
            case BEFORE_NUL -> Plainly::beforeNul;
            case ENCODE_CONTROLS -> Plainly::encodeControls;
            case WIDE_NUMBER_BYTES -> Plainly::wideNumberBytes;
            case HOST_ONLY -> text -> text.substring(0, hostEnd(text));
            case PORT_ONLY -> Plainly::port;
            case TO_BOOLEAN -> text -> Numbers.with(text, number -> number == 0 ? 0 : 1);
            case NOT -> text -> Numbers.with(text, number -> number == 0 ? 1 : 0);
            case ODD -> text -> Numbers.with(text, number -> number & 1);
            case EVEN -> text -> Numbers.with(text, number -> ~number & 1);
            case NEGATED -> text -> Numbers.with(text, number -> number == Long.MIN_VALUE ? Long.MAX_VALUE : -number);
            case OWN_ADDRESS -> text -> OwnAddresses.has(text) ? "1" : "0";
            case COMPLEMENT -> text -> Numbers.with(text, number -> ~number);
        };
    }

    static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }

    static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.ISO_8859_1);
    }

    private static @Nullable String numberBytes(String text) {
        try {
            int number = (int) Long.parseLong(text);
            return text(new byte[] {(byte) (number >> 24), (byte) (number >> 16), (byte) (number >> 8), (byte) number});
        } catch (NumberFormatException notANumber) {
            return null;
        }
    }

    private static @Nullable String addressBytes(String text) {
        byte[] address = NetUtil.createByteArrayFromIpAddressString(text);
        return address == null ? null : text(address);
    }

    private static String upperCase(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) >= 'a' && text.charAt(i) <= 'z') {
                char[] upper = text.toCharArray();
                for (int k = i; k < upper.length; k++) {
                    upper[k] = upper[k] >= 'a' && upper[k] <= 'z' ? (char) (upper[k] & ~0x20) : upper[k];
                }
                return new String(upper);
            }
        }
        return text;
    }

    /// @param isForm whether a plus is a space everywhere; else behind a question mark only
    private static @Nullable String decodeUrl(String text, boolean isForm) {
        if (text.indexOf('%') < 0 && text.indexOf('+') < 0) {
            return text;
        }
        StringBuilder out = new StringBuilder(text.length());
        boolean isQuery = isForm;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            isQuery |= c == '?';
            if (c == '+' && isQuery) {
                out.append(' ');
            } else if (c != '%') {
                out.append(c);
            } else {
                int high = i + 2 < text.length() ? Character.digit(text.charAt(i + 1), 16) : -1;
                int low = high < 0 ? -1 : Character.digit(text.charAt(i + 2), 16);
                if (low < 0) {
                    return null;
                }
                out.append((char) (high << 4 | low));
                i += 2;
            }
        }
        return out.toString();
    }

    private static String encodeUrl(String text) {
        StringBuilder out = new StringBuilder(text.length() + 16);
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            boolean isPlain = (c >= 'a' && c <= 'z')
                    || (c >= 'A' && c <= 'Z')
                    || (c >= '0' && c <= '9')
                    || UNRESERVED.indexOf(c) >= 0;
            if (isPlain) {
                out.append(c);
            } else {
                out.append('%');
                HEX.toHexDigits(out, (byte) c);
            }
        }
        return out.toString();
    }

    private static @Nullable String decode(Base64.Decoder decoder, String text) {
        try {
            return text(decoder.decode(bytes(text)));
        } catch (IllegalArgumentException notBase64) {
            return null;
        }
    }

    private static @Nullable String decodeHex(String text) {
        try {
            return text(HEX.parseHex(text));
        } catch (IllegalArgumentException notHex) {
            return null;
        }
    }

    private static @Nullable String hexToNumber(String text) {
        try {
            return Long.toString(Long.parseUnsignedLong(text, 16));
        } catch (NumberFormatException notHex) {
            return null;
        }
    }

    private static String firstLine(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) == '\r' || text.charAt(i) == '\n') {
                return text.substring(0, i);
            }
        }
        return text;
    }

    private static String beforeNul(String text) {
        int end = text.indexOf('\0');
        return end < 0 ? text : text.substring(0, end);
    }

    private static String encodeControls(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (isControl(text.charAt(i))) {
                StringBuilder out = new StringBuilder(text.length() + 16);
                for (int k = 0; k < text.length(); k++) {
                    char c = text.charAt(k);
                    if (isControl(c)) {
                        out.append('%');
                        HEX.toHexDigits(out, (byte) c);
                    } else {
                        out.append(c);
                    }
                }
                return out.toString();
            }
        }
        return text;
    }

    private static boolean isControl(char c) {
        return (c < ' ' && c != '\t') || c == 0x7f;
    }

    private static @Nullable String wideNumberBytes(String text) {
        return Numbers.isNumber(text)
                ? text(ByteBuffer.allocate(Long.BYTES)
                        .putLong(Long.parseLong(text))
                        .array())
                : null;
    }

    /// Where the host ends: at the colon in front of the port, of which an IPv6 address in brackets has more.
    private static int hostEnd(String text) {
        int colon = text.indexOf(':', Math.max(0, text.lastIndexOf(']')));
        return colon < 0 ? text.length() : colon;
    }

    private static String port(String text) {
        int end = hostEnd(text);
        String port = end < text.length() ? text.substring(end + 1) : "0";
        return Numbers.isNumber(port) ? port : "0";
    }
}
