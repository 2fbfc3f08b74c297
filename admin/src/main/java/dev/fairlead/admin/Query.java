package dev.fairlead.admin;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/// The parameters behind a question mark, decoded. Of a name given twice the last counts.
record Query(Map<String, String> parameters) {

    /// @throws IllegalArgumentException for a broken percent sign
    static Query parse(String raw) {
        Map<String, String> parameters = new LinkedHashMap<>();
        for (String pair : raw.split("&", -1)) {
            int equals = pair.indexOf('=');
            String name = equals < 0 ? pair : pair.substring(0, equals);
            String value = equals < 0 ? "" : pair.substring(equals + 1);
            if (!name.isEmpty()) {
                parameters.put(decode(name), decode(value));
            }
        }
        return new Query(parameters);
    }

    private static String decode(String text) {
        return URLDecoder.decode(text, StandardCharsets.UTF_8);
    }

    Optional<String> text(String name) {
        return Optional.ofNullable(parameters.get(name)).filter(value -> !value.isEmpty());
    }

    /// True for a bare name, `1`, `true` and `yes`.
    boolean flag(String name) {
        String value = parameters.getOrDefault(name, "no");
        return value.isEmpty() || value.equals("1") || value.equals("true") || value.equals("yes");
    }

    /// @throws IllegalArgumentException if it is not a number of zero or more
    int count(String name, int otherwise) {
        Optional<String> value = text(name);
        if (value.isEmpty()) {
            return otherwise;
        }
        int count = Integer.parseInt(value.get());
        if (count < 0) {
            throw new IllegalArgumentException(name + " is negative");
        }
        return count;
    }
}
