package dev.fairlead.engine.text.value;

import dev.fairlead.engine.http.Exchange;
import dev.fairlead.engine.http.Response;
import dev.fairlead.engine.http.field.FieldName;
import dev.fairlead.engine.http.field.Fields;
import dev.fairlead.engine.http.field.HttpDate;
import dev.fairlead.time.Clock;
import org.jspecify.annotations.Nullable;

/// Header fields and cookies as values.
public final class FieldValues {
    private FieldValues() {}

    public static Value request(String name) {
        FieldName field = FieldName.of(name);
        String separator = field.equals(FieldName.COOKIE) ? "; " : ", ";
        if (field.id() == FieldName.OTHER && name.indexOf('-') >= 0) {
            return exchange -> joinedLoosely(exchange.head().fields(), field);
        }
        return exchange -> joined(exchange.head().fields(), field, separator);
    }

    /// A variable's name tells dashes and underscores of a field's name not apart.
    private static @Nullable String joinedLoosely(Fields fields, FieldName name) {
        String text = null;
        for (int field = 0; field < fields.size(); field++) {
            if (fields.isPresent(field) && isLoosely(fields, field, name.lower())) {
                text = text == null ? fields.value(field) : text + ", " + fields.value(field);
            }
        }
        return text;
    }

    private static boolean isLoosely(Fields fields, int field, String lower) {
        int start = fields.nameStart(field);
        if (fields.nameEnd(field) - start != lower.length()) {
            return false;
        }
        byte[] bytes = fields.bytes();
        for (int i = 0; i < lower.length(); i++) {
            int c = bytes[start + i];
            int plain = c == '_' ? '-' : c >= 'A' && c <= 'Z' ? c | 0x20 : c;
            if (plain != lower.charAt(i)) {
                return false;
            }
        }
        return true;
    }

    public static Value upstream(String name) {
        FieldName field = FieldName.of(name);
        return exchange -> joined(exchange.upstream().fields(), field, ", ");
    }

    /// Fields that have a member of their own in [Response] are read from there.
    public static Value response(String name, Clock clock) {
        FieldName field = FieldName.of(name);
        return switch (name) {
            case "content-length" -> FieldValues::contentLength;
            case "content-type" -> exchange -> orNull(exchange.response().contentType());
            case "last-modified" -> FieldValues::lastModified;
            case "connection" -> FieldValues::connection;
            case "server" -> exchange -> orNull(exchange.response().serverField());
            default -> exchange -> joined(exchange.response().fields(), field, ", ");
        };
    }

    private static @Nullable String contentLength(Exchange exchange) {
        long length = exchange.response().contentLength();
        return length < 0 ? null : Long.toString(length);
    }

    private static @Nullable String lastModified(Exchange exchange) {
        long seconds = exchange.response().lastModified();
        return seconds == Response.UNKNOWN ? null : HttpDate.text(seconds);
    }

    private static String connection(Exchange exchange) {
        Response response = exchange.response();
        if (response.status() == 101) {
            return "upgrade";
        }
        return response.closesConnection() ? "close" : "keep-alive";
    }

    private static @Nullable String orNull(String text) {
        return text.isEmpty() ? null : text;
    }

    public static @Nullable String joined(Fields fields, FieldName name, String separator) {
        int field = fields.first(name);
        if (field < 0) {
            return null;
        }
        int second = fields.next(name, field);
        if (second < 0) {
            return fields.value(field);
        }
        StringBuilder text = new StringBuilder(fields.value(field));
        for (int next = second; next >= 0; next = fields.next(name, next)) {
            text.append(separator).append(fields.value(next));
        }
        return text.toString();
    }

    public static Value cookie(String name) {
        return exchange -> {
            Fields fields = exchange.head().fields();
            for (int field = fields.first(FieldName.COOKIE); field >= 0; field = fields.next(FieldName.COOKIE, field)) {
                String found = cookieIn(fields.value(field), name);
                if (found != null) {
                    return found;
                }
            }
            return null;
        };
    }

    /// Names are compared without regard to case and pairs may be separated by commas too, as nginx reads them.
    static @Nullable String cookieIn(String text, String name) {
        int at = 0;
        while (at < text.length()) {
            if (text.regionMatches(true, at, name, 0, name.length())) {
                int equals = skipSpaces(text, at + name.length());
                if (equals < text.length() && text.charAt(equals) == '=') {
                    int start = skipSpaces(text, equals + 1);
                    int end = text.indexOf(';', start);
                    return text.substring(start, end < 0 ? text.length() : end);
                }
            }
            while (at < text.length() && text.charAt(at) != ';' && text.charAt(at) != ',') {
                at++;
            }
            at = skipSpaces(text, at + 1);
        }
        return null;
    }

    public static Value upstreamCookie(String name) {
        return exchange -> {
            Fields fields = exchange.upstream().fields();
            for (int field = fields.first(FieldName.SET_COOKIE);
                    field >= 0;
                    field = fields.next(FieldName.SET_COOKIE, field)) {
                String line = fields.value(field);
                int equals = skipSpaces(line, name.length());
                if (line.regionMatches(true, 0, name, 0, name.length())
                        && equals < line.length()
                        && line.charAt(equals) == '=') {
                    int start = skipSpaces(line, equals + 1);
                    int end = line.indexOf(';', start);
                    return line.substring(start, end < 0 ? line.length() : end);
                }
            }
            return null;
        };
    }

    private static int skipSpaces(String text, int from) {
        int at = from;
        while (at < text.length() && text.charAt(at) == ' ') {
            at++;
        }
        return at;
    }
}
