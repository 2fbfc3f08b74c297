package dev.fairlead.dialect.haproxy.sample;

import dev.fairlead.model.text.Conversion;
import dev.fairlead.model.text.TextMap;
import dev.fairlead.model.text.TextSet;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The converters that look a value up in a file: `map`, `map_beg`, `map_reg`, ….
final class MapConverters {
    /// What a converter's name ends with, and what it finds then.
    private static final Map<String, Kind> RESULTS =
            Map.of("", Kind.TEXT, "_str", Kind.TEXT, "_int", Kind.NUMBER, "_ip", Kind.ADDRESS);

    private MapConverters() {}

    static List<Converter> rows() {
        List<Converter> rows = new ArrayList<>();
        add(rows, "map", texts(TextSet.How.EXACT));
        add(rows, "map_str", texts(TextSet.How.EXACT));
        add(rows, "map_beg", texts(TextSet.How.PREFIX));
        add(rows, "map_end", texts(TextSet.How.SUFFIX));
        add(rows, "map_sub", texts(TextSet.How.SUBSTRING));
        add(rows, "map_dir", texts(TextSet.How.DIRECTORY));
        add(rows, "map_dom", texts(TextSet.How.DOMAIN));
        add(rows, "map_int", new TextMap.Match.Numbers());
        add(rows, "map_ip", new TextMap.Match.Networks());
        add(rows, "map_reg", new TextMap.Match.Expressions(false, false));
        add(rows, "map_regm", new TextMap.Match.Expressions(false, true));
        return rows;
    }

    private static TextMap.Match texts(TextSet.How how) {
        return new TextMap.Match.Texts(how, false);
    }

    private static void add(List<Converter> rows, String name, TextMap.Match match) {
        RESULTS.forEach((ending, kind) -> {
            if (!name.equals("map") || ending.isEmpty()) {
                rows.add(new Converter(
                        name + ending,
                        1,
                        2,
                        Optional.of(kind),
                        "value by key in a file",
                        (call, around) -> new Conversion.Mapped(
                                map(call, match, around), call.has(1) ? Optional.of(call.arg(1)) : Optional.empty())));
            }
        });
    }

    private static TextMap map(Call call, TextMap.Match match, Surroundings around) {
        List<TextMap.Entry> entries = new ArrayList<>();
        try {
            for (String line : around.lines(call.arg(0))) {
                String[] parts = line.strip().split("\\s+", 2);
                if (!parts[0].isEmpty() && !parts[0].startsWith("#")) {
                    String key = match instanceof TextMap.Match.Expressions
                            ? around.regex(parts[0], false, call.origin()).pattern()
                            : parts[0];
                    entries.add(new TextMap.Entry(key, parts.length > 1 ? parts[1] : ""));
                }
            }
        } catch (IOException unreadable) {
            throw new IllegalArgumentException("failed to open pattern file <" + call.arg(0) + ">", unreadable);
        }
        return new TextMap(call.arg(0), match, entries, call.origin());
    }
}
