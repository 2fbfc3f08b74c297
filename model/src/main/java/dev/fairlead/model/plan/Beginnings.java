package dev.fairlead.model.plan;

import dev.fairlead.model.http.Rule;
import dev.fairlead.model.text.LookupTable;
import dev.fairlead.model.text.Template;
import dev.fairlead.model.text.Variable;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/// How texts with variables can begin, as far as the plan tells: variables that rules set to constants, and
/// tables
/// with constant values, stand for those; at anything else a beginning ends.
final class Beginnings {
    private static final int MOST = 256;

    private final Map<Variable, Set<String>> constants = new HashMap<>();

    /// Learns what a rule sets.
    void learn(Rule.Assign rule) {
        if (rule.value().isConstant()) {
            constants
                    .computeIfAbsent(rule.target(), none -> new LinkedHashSet<>())
                    .add(rule.value().constantText());
        }
    }

    /// Each beginning once; a single empty one where nothing is known.
    Set<String> of(Template template) {
        Set<String> beginnings = new LinkedHashSet<>(Set.of(""));
        for (Template.Part part : template.parts()) {
            List<String> next = meanings(part);
            if (next.isEmpty() || beginnings.size() * next.size() > MOST) {
                break;
            }
            Set<String> longer = new LinkedHashSet<>();
            beginnings.forEach(beginning -> next.forEach(more -> longer.add(beginning + more)));
            beginnings = longer;
        }
        return beginnings;
    }

    private List<String> meanings(Template.Part part) {
        return switch (part) {
            case Template.Part.Literal(String text) -> List.of(text);
            case Template.Part.Reference(Variable.Lookup(LookupTable table)) -> values(table);
            case Template.Part.Reference(Variable variable) -> List.copyOf(constants.getOrDefault(variable, Set.of()));
        };
    }

    private static List<String> values(LookupTable table) {
        return switch (table) {
            case LookupTable.ByText byText -> {
                List<Template> all = new ArrayList<>(byText.exact().values());
                all.addAll(byText.leading().values());
                all.addAll(byText.trailing().values());
                byText.regexes().forEach(entry -> all.add(entry.value()));
                byText.otherwise().ifPresent(all::add);
                yield constant(all.stream());
            }
            case LookupTable.ByShare byShare ->
                constant(byShare.shares().stream().map(LookupTable.Share::value));
            case LookupTable.ByAddress byAddress ->
                Stream.concat(byAddress.blocks().values().stream(), Stream.of(byAddress.otherwise()))
                        .distinct()
                        .toList();
        };
    }

    private static List<String> constant(Stream<Template> values) {
        return values.filter(Template::isConstant)
                .map(Template::constantText)
                .distinct()
                .toList();
    }
}
