package dev.fairlead.engine.text.value;

import org.jspecify.annotations.Nullable;

/// Arguments of a query string, as received: the first of a name, compared without regard to case.
public final class QueryArguments {
    private QueryArguments() {}

    public static Value value(String name) {
        return exchange -> find(exchange.query(), name);
    }

    static @Nullable String find(String query, String name) {
        int at = 0;
        while (at < query.length()) {
            int end = query.indexOf('&', at);
            if (end < 0) {
                end = query.length();
            }
            int valueStart = at + name.length() + 1;
            if (valueStart <= end
                    && query.charAt(valueStart - 1) == '='
                    && query.regionMatches(true, at, name, 0, name.length())) {
                return query.substring(valueStart, end);
            }
            at = end + 1;
        }
        return null;
    }
}
