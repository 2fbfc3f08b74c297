package dev.fairlead.engine.convert;

import dev.fairlead.model.text.Conversion;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/// Pieces of texts.
public final class Pieces {
    private static final HexFormat HEX = HexFormat.of().withUpperCase();

    private Pieces() {}

    /// Bytes as numbers of so many each.
    public static String chunks(Conversion.Chunks how, String text) {
        StringBuilder out = new StringBuilder(text.length() * 3);
        for (int at = 0; at < text.length(); at += how.size()) {
            int end = Math.min(text.length(), at + how.size());
            if (how.truncated() && end < at + how.size()) {
                break;
            }
            out.append(out.isEmpty() ? "" : how.separator());
            long number = 0;
            for (int i = at; i < end; i++) {
                number = (number << 8) + text.charAt(i);
                if (how.hexadecimal()) {
                    out.append(HEX.toHexDigits((byte) text.charAt(i)));
                }
            }
            if (!how.hexadecimal()) {
                out.append(number);
            }
        }
        return out.toString();
    }

    /// Between the n-th delimiter and the next, counted from one end; pieces may be empty.
    /// @return null where the bytes are not all there
    public static @Nullable String prefixed(Conversion.LengthPrefixed how, String text) {
        if (text.length() < how.offset() + how.width()) {
            return null;
        }
        long length = 0;
        for (int i = 0; i < how.width(); i++) {
            length = (length << 8) + text.charAt(how.offset() + i);
        }
        return length == 0 || length > text.length() - how.start()
                ? null
                : text.substring(how.start(), how.start() + (int) length);
    }

    public static @Nullable String field(Conversion.Field field, String text) {
        int left = Math.abs(field.number());
        if (left == 0) {
            return null;
        }
        boolean isBackwards = field.number() < 0;
        int count = field.count();
        int step = isBackwards ? -1 : 1;
        int start = isBackwards ? text.length() : 0;
        int at = start;
        int stop = isBackwards ? 0 : text.length();
        for (; at != stop; at += step) {
            char c = text.charAt(isBackwards ? at - 1 : at);
            if (field.delimiters().indexOf(c) < 0) {
                continue;
            }
            if (left > 1) {
                left--;
                start = at + step;
            } else if (count == 1) {
                break;
            } else if (count > 1) {
                count--;
            }
        }
        if (left != 1) {
            return null;
        }
        return isBackwards ? text.substring(at, start) : text.substring(start, at);
    }

    /// The n-th run of other characters than delimiters, counted from one end; empty if there are less.
    public static String word(Conversion.Word word, String text) {
        int wanted = Math.abs(word.number());
        boolean isBackwards = word.number() < 0;
        int count = word.count();
        int step = isBackwards ? -1 : 1;
        int stop = isBackwards ? 0 : text.length();
        int start = isBackwards ? text.length() : 0;
        int at = start;
        int seen = 0;
        boolean isInside = false;
        for (; at != stop; at += step) {
            boolean isDelimiter = word.delimiters().indexOf(text.charAt(isBackwards ? at - 1 : at)) >= 0;
            if (!isInside && !isDelimiter) {
                if (seen != wanted) {
                    seen++;
                    start = at;
                }
                isInside = true;
            } else if (isInside && isDelimiter) {
                if (seen == wanted) {
                    if (count == 1) {
                        break;
                    }
                    count -= count > 1 ? 1 : 0;
                }
                isInside = false;
            }
        }
        if (wanted == 0 || seen != wanted) {
            return "";
        }
        return isBackwards ? text.substring(at, start) : text.substring(start, at);
    }

    public static String slice(Conversion.Slice slice, String text) {
        int from = Math.clamp(slice.offset(), 0, text.length());
        int left = text.length() - from;
        return text.substring(from, from + Math.clamp(slice.length().orElse(left), 0, left));
    }

    public static String trimmed(Conversion.Trimmed trimmed, String text) {
        int from = 0;
        int to = text.length();
        if (trimmed.atBeginning()) {
            while (from < to && trimmed.characters().indexOf(text.charAt(from)) >= 0) {
                from++;
            }
        } else {
            while (to > from && trimmed.characters().indexOf(text.charAt(to - 1)) >= 0) {
                to--;
            }
        }
        return text.substring(from, to);
    }

    /// The value behind `name=`.
    public static @Nullable String parameter(Conversion.Parameter parameter, String text) {
        String name = parameter.name();
        int at = 0;
        while (at <= text.length()) {
            int end = text.indexOf(parameter.delimiter(), at);
            int behind = end < 0 ? text.length() : end;
            int start = at;
            while (start < behind && isSpace(text.charAt(start))) {
                start++;
            }
            int equals = start + name.length();
            if (equals < behind
                    && text.charAt(equals) == '='
                    && text.regionMatches(parameter.ignoreCase(), start, name, 0, name.length())) {
                int last = behind;
                while (last > equals + 1 && isSpace(text.charAt(last - 1))) {
                    last--;
                }
                return text.substring(equals + 1, last);
            }
            at = behind + 1;
        }
        return null;
    }

    private static boolean isSpace(char c) {
        return c == ' ' || c == '\t';
    }
}
