package dev.fairlead.dialect.nginx.lint;

import dev.fairlead.dialect.nginx.syntax.Word;
import dev.fairlead.source.Diagnostic;
import dev.fairlead.source.Fix;
import dev.fairlead.source.Problems;
import java.util.Set;

/// `proxy_set_header Host: $host;` sends a field that is called `Host:`, which nobody looks for.
final class FieldName implements LintRule {
    static final String ID = "lint.field-name";

    private static final Set<String> NAMING =
            Set.of("add_header", "add_trailer", "proxy_set_header", "proxy_hide_header", "proxy_pass_header");

    /// Whether a directive is meant for a field, be its name written with a colon or without.
    static boolean is(Branch directive, String field) {
        return directive.arg(0).equalsIgnoreCase(field) || directive.arg(0).equalsIgnoreCase(field + ":");
    }

    @Override
    public void look(Branch branch, Problems problems) {
        String name = branch.arg(0);
        if (NAMING.contains(branch.statement().name().text()) && name.endsWith(":")) {
            Word word = branch.args().getFirst();
            String right = name.substring(0, name.length() - 1);
            problems.add(Diagnostic.warning(ID, word.span(), "the field is called \"" + name + "\", colon and all")
                    .hint("the colon is not part of a name: "
                            + branch.statement().name() + " " + right)
                    .fix(Fix.replace(word.span(), right)));
        }
    }
}
