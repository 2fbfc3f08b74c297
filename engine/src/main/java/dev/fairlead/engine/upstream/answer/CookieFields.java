package dev.fairlead.engine.upstream.answer;

import dev.fairlead.engine.http.field.FieldName;
import dev.fairlead.engine.http.field.Fields;
import java.util.Arrays;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Cookies in the fields of requests.
public final class CookieFields {
    private CookieFields() {}

    /// The first of that name; null if there is none.
    public static @Nullable String value(Fields fields, String name) {
        for (int field = fields.first(FieldName.COOKIE); field >= 0; field = fields.next(FieldName.COOKIE, field)) {
            for (String pair : fields.value(field).split(";", -1)) {
                String trimmed = pair.strip();
                if (isNamed(trimmed, name)) {
                    return trimmed.substring(name.length() + 1);
                }
            }
        }
        return null;
    }

    public static boolean isNamed(String pair, String name) {
        return pair.startsWith(name) && pair.startsWith("=", name.length());
    }

    public static void remove(Fields fields, String name) {
        change(fields, name, pair -> "");
    }

    /// Gives all of that name another value.
    public static void replace(Fields fields, String name, String value) {
        change(fields, name, pair -> name + "=" + value);
    }

    private static void change(Fields fields, String name, UnaryOperator<String> how) {
        for (int field = fields.first(FieldName.COOKIE); field >= 0; field = fields.next(FieldName.COOKIE, field)) {
            String before = fields.value(field);
            String after = Arrays.stream(before.split(";", -1))
                    .map(String::strip)
                    .map(pair -> isNamed(pair, name) ? how.apply(pair) : pair)
                    .filter(pair -> !pair.isEmpty())
                    .collect(Collectors.joining("; "));
            if (after.isEmpty()) {
                fields.remove(field);
            } else if (!after.equals(before)) {
                fields.value(field, after);
            }
        }
    }
}
