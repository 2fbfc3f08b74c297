package dev.fairlead.engine.upstream.balance;

import dev.fairlead.engine.http.Exchange;
import dev.fairlead.engine.http.HeadFilter;
import dev.fairlead.engine.http.Method;
import dev.fairlead.engine.http.field.FieldName;
import dev.fairlead.engine.http.field.Fields;
import java.util.Locale;

/// Sets a cookie once the rules for answers have run.
///
/// @param line the value of Set-Cookie
/// @param keepsCachesOut whether an answer that a cache would keep says that it is for one client only
record LateCookie(String line, boolean keepsCachesOut) implements HeadFilter {
    @Override
    public void apply(Exchange exchange) {
        Fields fields = exchange.response().fields();
        fields.add(FieldName.SET_COOKIE, line);
        if (keepsCachesOut && isKept(exchange, fields)) {
            fields.add(FieldName.CACHE_CONTROL, "private");
        }
    }

    /// Whether a cache may keep the answer, and would: it has a date or a mark to ask again with.
    private static boolean isKept(Exchange exchange, Fields fields) {
        Method method = exchange.head().method();
        boolean isRead = method == Method.GET || method == Method.HEAD || method == Method.OPTIONS;
        boolean isMarked =
                fields.has(FieldName.ETAG) || fields.has(FieldName.LAST_MODIFIED) || fields.has(FieldName.EXPIRES);
        boolean isForbidden = fields.value(FieldName.PRAGMA).equalsIgnoreCase("no-cache");
        for (int field = fields.first(FieldName.CACHE_CONTROL);
                field >= 0;
                field = fields.next(FieldName.CACHE_CONTROL, field)) {
            for (String part : fields.value(field).split(",", -1)) {
                String said = part.strip().toLowerCase(Locale.ROOT);
                isForbidden |= forbids(said);
                isMarked |= said.startsWith("max-age=") || said.startsWith("s-maxage=");
            }
        }
        return isRead
                && isMarked
                && !isForbidden
                && isKeptStatus(exchange.response().status());
    }

    private static boolean forbids(String said) {
        return switch (said) {
            case "private", "no-cache", "no-store", "max-age=0", "s-maxage=0" -> true;
            default -> false;
        };
    }

    private static boolean isKeptStatus(int status) {
        return switch (status) {
            case 200, 203, 204, 206, 300, 301, 404, 405, 410, 414, 501 -> true;
            default -> false;
        };
    }
}
