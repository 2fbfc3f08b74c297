package dev.fairlead.admin;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The parameters behind a question mark, decoded. Where one value is asked for, the last of a name counts.
record Query(Map<String, List<String>> parameters) {

    /// @throws IllegalArgumentException for a broken percent sign
    static Query parse(String raw) {
        Map<String, List<String>> parameters = new LinkedHashMap<>();
        for (String pair : raw.split("&", -1)) {
            int equals = pair.indexOf('=');
            String name = equals < 0 ? pair : pair.substring(0, equals);
            String value = equals < 0 ? "" : pair.substring(equals + 1);
            if (!name.isEmpty()) {
                parameters
                        .computeIfAbsent(decode(name), none -> new ArrayList<>())
                        .add(decode(value));
            }
        }
        return new Query(parameters);
    }

    private static String decode(String text) {
        return URLDecoder.decode(text, StandardCharsets.UTF_8);
    }

    Optional<String> text(String name) {
        return all(name).isEmpty()
                ? Optional.empty()
                : Optional.of(all(name).getLast()).filter(value -> !value.isEmpty());
    }

    /// In the order in which they were given.
    List<String> all(String name) {
        return parameters.getOrDefault(name, List.of());
    }

    /// True for a bare name, `1`, `true` and `yes`.
    boolean flag(String name) {
        String value = all(name).isEmpty() ? "no" : all(name).getLast();
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
