package dev.fairlead.cli.explain;

import dev.fairlead.model.http.Forward;
import dev.fairlead.source.Span;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// What becomes of the fields of a request that is passed on.
final class Fields {
    private Fields() {}

    static List<Step> changes(byte[] received, String sent, Forward forward) {
        Map<String, List<String>> before = byName(Journey.lines(received).toList());
        Map<String, List<String>> after =
                byName(sent.lines().skip(1).filter(line -> !line.isEmpty()).toList());
        List<Step> steps = new ArrayList<>();
        after.forEach((name, lines) -> {
            if (!values(lines).equals(values(before.getOrDefault(name, List.of())))) {
                lines.forEach(line -> steps.add(Step.at("field", "sends " + line, origin(name, forward))));
            }
        });
        before.forEach((name, lines) -> {
            if (!after.containsKey(name)) {
                steps.add(Step.at("field", "does not send " + lines.getFirst(), origin(name, forward)));
            }
        });
        return steps;
    }

    private static Map<String, List<String>> byName(List<String> lines) {
        Map<String, List<String>> all = new LinkedHashMap<>();
        for (String line : lines) {
            int colon = line.indexOf(':');
            String name = line.substring(0, Math.max(0, colon)).toLowerCase(Locale.ROOT);
            all.computeIfAbsent(name, none -> new ArrayList<>()).add(line);
        }
        return all;
    }

    private static List<String> values(List<String> lines) {
        return lines.stream()
                .map(line -> line.substring(line.indexOf(':') + 1).strip())
                .toList();
    }

    private static Span origin(String name, Forward forward) {
        return forward.request().fields().stream()
                .filter(field -> field.name().equalsIgnoreCase(name))
                .map(Forward.FieldAssignment::origin)
                .findFirst()
                .orElse(Span.builtIn());
    }
}
