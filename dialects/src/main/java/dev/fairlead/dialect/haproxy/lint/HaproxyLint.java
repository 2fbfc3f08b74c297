package dev.fairlead.dialect.haproxy.lint;

import dev.fairlead.dialect.haproxy.scope.Configuration;
import dev.fairlead.source.Diagnostic;
import dev.fairlead.source.Problems;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.SequencedSet;

/// All rules for HAProxy configurations.
public final class HaproxyLint {
    private static final Map<String, LintRule> RULES = rules();

    private HaproxyLint() {}

    /// Ids as they appear behind a problem.
    public static SequencedSet<String> ids() {
        return Collections.unmodifiableSequencedSet(new LinkedHashSet<>(RULES.keySet()));
    }

    /// @param configuration one without errors
    public static List<Diagnostic> look(Configuration configuration) {
        Problems problems = new Problems();
        RULES.values().forEach(rule -> rule.look(configuration, problems));
        return problems.all();
    }

    private static Map<String, LintRule> rules() {
        Map<String, LintRule> rules = new LinkedHashMap<>();
        rules.put(FieldName.ID, new FieldName());
        rules.put(UnusedAcl.ID, new UnusedAcl());
        rules.put(UncheckedServers.ID, new UncheckedServers());
        rules.put(DayLongTimeout.ID, new DayLongTimeout());
        rules.put(MixedModes.ID, new MixedModes());
        rules.put(ConnectionLimit.ID, new ConnectionLimit());
        rules.put(OpenStatus.ID, new OpenStatus());
        return rules;
    }
}
