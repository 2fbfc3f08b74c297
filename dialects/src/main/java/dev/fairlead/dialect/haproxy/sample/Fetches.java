package dev.fairlead.dialect.haproxy.sample;

import dev.fairlead.dialect.haproxy.value.Misread;
import dev.fairlead.unit.Suggestion;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

/// All that can be fetched, by name.
public final class Fetches {
    private static final Map<String, Fetch> TABLE = new TreeMap<>();

    static {
        Stream.of(
                        RequestFetches.rows(),
                        UserFetches.rows(),
                        PrintFetches.rows(),
                        PlaceFetches.rows(),
                        WayFetches.rows(),
                        WordFetches.rows(),
                        CertificateFetches.rows(),
                        TableFetches.rows(),
                        Failures.rows())
                .flatMap(Collection::stream)
                .forEach(row -> TABLE.put(row.name(), row));
    }

    private Fetches() {}

    /// One line of the documentation.
    public record Doc(String name, String text) {}

    public static List<Doc> docs() {
        return TABLE.values().stream()
                .map(row -> new Doc(row.name() + (row.least() > 0 ? "(…)" : ""), row.doc()))
                .toList();
    }

    private static Optional<String> suggestion(String name) {
        if (name.startsWith("-")) {
            return Optional.of("flags stand behind what is fetched: path -i /x");
        }
        Set<String> known = new TreeSet<>(TABLE.keySet());
        for (String family : List.of("path", "hdr", "url", "base", "cook", "urlp")) {
            for (String way : List.of("beg", "end", "sub", "dir", "dom", "reg", "len", "cnt")) {
                known.add(family + "_" + way);
            }
        }
        return Suggestion.nearest(name, known).map(near -> "did you mean '" + near + "'?");
    }

    public static boolean has(String name) {
        return TABLE.containsKey(name);
    }

    /// @throws IllegalArgumentException with the reason if there is no such fetch or an argument is wrong
    static Sample make(Call call, Surroundings around) {
        Fetch row = TABLE.get(call.name());
        if (row == null) {
            Optional<String> reason = UnsupportedSamples.fetch(call.name());
            throw new Misread(
                    reason.map(text -> "fetch method '" + call.name() + "' is not supported: " + text)
                            .orElseGet(() -> "unknown fetch method '" + call.name() + "'"),
                    call.origin(),
                    reason.isPresent() ? Optional.empty() : suggestion(call.name()));
        }
        if (call.args().size() < row.least() || call.args().size() > row.most()) {
            throw new Misread(
                    "fetch method '" + call.name() + "' expects "
                            + (row.least() == row.most() ? "" : "between " + row.least() + " and ") + row.most()
                            + " argument(s), not " + call.args().size(),
                    call.origin(),
                    row.doc());
        }
        return row.maker().make(call, around);
    }
}
