package dev.fairlead.engine.change;

import dev.fairlead.engine.handler.PathEscape;
import dev.fairlead.engine.http.Exchange;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// Where a request wants a file to go: its field Destination.
final class Target {
    private Target() {}

    /// The decoded path; null where it does not lead to a place of this server.
    static @Nullable String path(String field, Exchange exchange) {
        String path = field;
        if (!field.startsWith("/")) {
            String scheme = exchange.connection().isTls() ? "https://" : "http://";
            int slash = field.indexOf('/', scheme.length());
            if (!field.toLowerCase(Locale.ROOT).startsWith(scheme) || slash < 0) {
                return null;
            }
            String authority = field.substring(scheme.length(), slash);
            if (!hostOf(authority).equalsIgnoreCase(exchange.head().host())) {
                return null;
            }
            path = field.substring(slash);
        }
        int query = path.indexOf('?');
        String decoded = PathEscape.decode(query < 0 ? path : path.substring(0, query));
        boolean isSafe = decoded.indexOf('\0') < 0 && !(decoded + "/").contains("/../");
        return isSafe ? decoded : null;
    }

    private static String hostOf(String authority) {
        int colon = authority.lastIndexOf(':');
        return colon > authority.lastIndexOf(']') ? authority.substring(0, colon) : authority;
    }
}
