package dev.fairlead.engine.upstream.answer;

import dev.fairlead.engine.http.Exchange;
import dev.fairlead.engine.http.Method;
import dev.fairlead.model.http.LogLevel;

/// Goes on where an answer of another server says: in a named location, or with a path of this one's.
public final class InternalRedirect {
    private static final int NOT_FOUND = 404;

    private InternalRedirect() {}

    /// The answer that comes of it begins anew.
    ///
    /// @param target `@name`, or a path, encoded, with its query
    public static void follow(Exchange exchange, String target) {
        exchange.response().begin(200);
        if (target.charAt(0) == '@') {
            exchange.enterNamed(target.substring(1));
            return;
        }
        int mark = target.indexOf('?');
        String path = decoded(mark < 0 ? target : target.substring(0, mark));
        if (!isSafe(path)) {
            exchange.place().report(exchange, LogLevel.ERROR, "unsafe URI \"" + target + "\" was detected");
            exchange.fail(NOT_FOUND);
            return;
        }
        if (exchange.head().method() != Method.HEAD) {
            exchange.head().becomeGet();
        }
        exchange.redirectTo(path, mark < 0 ? "" : target.substring(mark + 1));
    }

    private static boolean isSafe(String path) {
        return path.startsWith("/") && path.indexOf(0) < 0 && !path.contains("/../") && !path.endsWith("/..");
    }

    private static String decoded(String path) {
        if (path.indexOf('%') < 0) {
            return path;
        }
        StringBuilder out = new StringBuilder(path.length());
        for (int i = 0; i < path.length(); i++) {
            char c = path.charAt(i);
            int high = c == '%' && i + 2 < path.length() ? Character.digit(path.charAt(i + 1), 16) : -1;
            int low = high >= 0 ? Character.digit(path.charAt(i + 2), 16) : -1;
            if (low >= 0) {
                out.append((char) (high << 4 | low));
                i += 2;
            } else {
                out.append(c);
            }
        }
        return out.toString();
    }
}
