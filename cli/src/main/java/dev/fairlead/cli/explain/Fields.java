package dev.fairlead.cli.explain;

import dev.fairlead.engine.trace.Event;
import dev.fairlead.model.http.FieldEdit;
import dev.fairlead.model.http.Forward;
import dev.fairlead.model.http.Rule;
import dev.fairlead.source.Span;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// What becomes of the fields of a request that is passed on.
final class Fields {
    private Fields() {}

    /// @param events what happened at that hop: rules that change fields are among it
    static List<Step> changes(byte[] received, String sent, Forward forward, List<Event> events) {
        Map<String, Span> ruled = ruled(events);
        Map<String, List<String>> before = byName(Journey.lines(received).toList());
        Map<String, List<String>> after =
                byName(sent.lines().skip(1).filter(line -> !line.isEmpty()).toList());
        List<Step> steps = new ArrayList<>();
        after.forEach((name, lines) -> {
            if (!values(lines).equals(values(before.getOrDefault(name, List.of())))) {
                lines.forEach(line -> steps.add(Step.at("field", "sends " + line, origin(name, forward, ruled))));
            }
        });
        before.forEach((name, lines) -> {
            if (!after.containsKey(name)) {
                steps.add(Step.at("field", "does not send " + lines.getFirst(), origin(name, forward, ruled)));
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

    /// The lines of the rules that changed a field last.
    private static Map<String, Span> ruled(List<Event> events) {
        Map<String, Span> ruled = new HashMap<>();
        for (Event event : events) {
            if (event instanceof Event.RuleBegun(Rule.EditField rule, String path)) {
                name(rule.edit()).ifPresent(name -> ruled.put(name.toLowerCase(Locale.ROOT), rule.origin()));
            }
        }
        return ruled;
    }

    private static Optional<String> name(FieldEdit edit) {
        return switch (edit) {
            case FieldEdit.Set set -> Optional.of(set.name());
            case FieldEdit.Add add -> Optional.of(add.name());
            case FieldEdit.Replace replace -> Optional.of(replace.name());
            case FieldEdit.Remove remove ->
                remove.names() instanceof FieldEdit.Names.Named named ? Optional.of(named.name()) : Optional.empty();
        };
    }

    private static Span origin(String name, Forward forward, Map<String, Span> ruled) {
        return forward.request().fields().stream()
                .filter(field -> field.name().equalsIgnoreCase(name))
                .map(Forward.FieldAssignment::origin)
                .findFirst()
                .orElseGet(() -> ruled.getOrDefault(name, Span.builtIn()));
    }
}
