package dev.fairlead.dialect.nginx.lint;

import dev.fairlead.source.Diagnostic;
import dev.fairlead.source.Problems;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.SequencedSet;

/// All rules for nginx configurations.
public final class NginxLint {
    private static final Map<String, LintRule> RULES = rules();

    private NginxLint() {}

    /// Ids as they appear behind a problem.
    public static SequencedSet<String> ids() {
        return Collections.unmodifiableSequencedSet(new LinkedHashSet<>(RULES.keySet()));
    }

    /// @param branches the outermost statements of a configuration without errors
    public static List<Diagnostic> look(List<Branch> branches) {
        Problems problems = new Problems();
        branches.stream()
                .flatMap(Branch::all)
                .forEach(branch -> RULES.values().forEach(rule -> rule.look(branch, problems)));
        return problems.all();
    }

    private static Map<String, LintRule> rules() {
        Map<String, LintRule> rules = new LinkedHashMap<>();
        rules.put(AliasTraversal.ID, new AliasTraversal());
        rules.put(AliasSlash.ID, new AliasSlash());
        rules.put(FieldName.ID, new FieldName());
        rules.put(ServerNames.ID, new ServerNames());
        rules.put(LostFields.RESPONSE, LostFields.ofResponses());
        rules.put(LostFields.REQUEST, LostFields.ofRequests());
        rules.put(HostLost.ID, new HostLost());
        rules.put(IfContent.ID, new IfContent());
        rules.put(VariableTarget.ID, new VariableTarget());
        rules.put(OpenProxy.ID, new OpenProxy());
        rules.put(MissingUpgrade.ID, new MissingUpgrade());
        rules.put(DayLongTimeout.ID, new DayLongTimeout());
        rules.put(OldProtocols.ID, new OldProtocols());
        rules.put(TrustsAnyone.ID, new TrustsAnyone());
        rules.put(UnreachableLocation.ID, new UnreachableLocation());
        return rules;
    }
}
