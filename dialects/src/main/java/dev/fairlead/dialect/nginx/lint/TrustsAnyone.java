package dev.fairlead.dialect.nginx.lint;

import dev.fairlead.source.Diagnostic;
import dev.fairlead.source.Problems;
import java.util.Set;

/// Clients that are believed their own address pass every rule that goes by addresses.
final class TrustsAnyone implements LintRule {
    static final String ID = "lint.trusts-anyone";

    private static final Set<String> EVERYBODY = Set.of("0.0.0.0/0", "::/0", "0/0");

    @Override
    public void look(Branch branch, Problems problems) {
        if (branch.is("set_real_ip_from") && EVERYBODY.contains(branch.arg(0))) {
            problems.add(Diagnostic.warning(ID, branch.span(), "every client can say which address it has")
                    .hint("name the proxies in front alone"));
        }
    }
}
