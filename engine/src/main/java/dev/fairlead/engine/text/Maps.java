package dev.fairlead.engine.text;

import dev.fairlead.engine.compile.Text;
import dev.fairlead.engine.match.NumberSet;
import dev.fairlead.engine.match.TextIndex;
import dev.fairlead.model.net.AddressRange;
import dev.fairlead.model.text.NumberRange;
import dev.fairlead.model.text.Regex;
import dev.fairlead.model.text.TextMap;
import dev.fairlead.source.Problems;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Compiled maps from keys to values.
@FunctionalInterface
interface Maps {
    /// @return null if no key fits
    @Nullable
    String find(String text);

    static Maps compile(TextMap map, Problems problems) {
        return switch (map.match()) {
            case TextMap.Match.Texts texts -> texts(map, texts);
            case TextMap.Match.Numbers numbers -> numbers(map, problems);
            case TextMap.Match.Networks networks -> networks(map, problems);
            case TextMap.Match.Expressions expressions -> expressions(map, expressions, problems);
        };
    }

    private static String[] values(TextMap map) {
        return map.entries().stream().map(entry -> Text.bytes(entry.value())).toArray(String[]::new);
    }

    private static Maps texts(TextMap map, TextMap.Match.Texts match) {
        String[] values = values(map);
        TextIndex index = TextIndex.of(
                match.how(),
                match.ignoreCase(),
                map.entries().stream().map(TextMap.Entry::key).toList());
        return text -> {
            byte[] bytes = text.getBytes(StandardCharsets.ISO_8859_1);
            int found = index.find(bytes, 0, bytes.length);
            return found < 0 ? null : values[found];
        };
    }

    /// Single numbers are in a hash table; ranges are tried in order.
    private static Maps numbers(TextMap map, Problems problems) {
        Map<Long, String> single = new HashMap<>();
        List<NumberRange> ranges = new ArrayList<>();
        List<String> rangeValues = new ArrayList<>();
        for (TextMap.Entry entry : map.entries()) {
            String key = entry.key();
            int colon = key.indexOf(':');
            long least = NumberSet.parse(colon < 0 ? key : key.substring(0, colon));
            long most = colon < 0 ? least : NumberSet.parse(key.substring(colon + 1));
            if (least == NumberSet.NO_NUMBER || most == NumberSet.NO_NUMBER) {
                problems.error("engine.map", map.origin(), "\"" + key + "\" in " + map.name() + " is no number");
            } else if (least == most) {
                single.putIfAbsent(least, Text.bytes(entry.value()));
            } else {
                ranges.add(new NumberRange(least, most));
                rangeValues.add(Text.bytes(entry.value()));
            }
        }
        return text -> {
            long number = NumberSet.parse(text);
            if (number == NumberSet.NO_NUMBER) {
                return null;
            }
            String found = single.get(number);
            for (int i = 0; found == null && i < ranges.size(); i++) {
                found = ranges.get(i).contains(number) ? rangeValues.get(i) : null;
            }
            return found;
        };
    }

    private static Maps networks(TextMap map, Problems problems) {
        BlockTree<String> blocks = new BlockTree<>();
        for (TextMap.Entry entry : map.entries()) {
            int slash = entry.key().indexOf('/');
            byte[] address = Addresses.parse(
                            slash < 0 ? entry.key() : entry.key().substring(0, slash))
                    .orElse(new byte[0]);
            long bits = slash < 0
                    ? address.length * 8L
                    : NumberSet.parse(entry.key().substring(slash + 1));
            if (address.length == 0 || bits < 0 || bits > address.length * 8L) {
                problems.error(
                        "engine.map", map.origin(), "\"" + entry.key() + "\" in " + map.name() + " is no network");
            } else {
                blocks.put(
                        new AddressRange.Block(Addresses.masked(address, (int) bits), (int) bits),
                        Text.bytes(entry.value()));
            }
        }
        return text -> Addresses.parse(text)
                .map(address -> blocks.find(Addresses.unmapped(address)))
                .orElse(null);
    }

    private static Maps expressions(TextMap map, TextMap.Match.Expressions match, Problems problems) {
        String[] values = values(map);
        Expression[] expressions = map.entries().stream()
                .map(entry -> Expression.compile(
                        new Regex(entry.key(), entry.key(), match.ignoreCase(), List.of(), 0, map.origin()), problems))
                .toArray(Expression[]::new);
        return text -> {
            for (int i = 0; i < expressions.length; i++) {
                if (!match.replaces() && expressions[i].test(text)) {
                    return values[i];
                }
                String replaced = match.replaces() ? expressions[i].expand(text, values[i]) : null;
                if (replaced != null) {
                    return replaced;
                }
            }
            return null;
        };
    }
}
