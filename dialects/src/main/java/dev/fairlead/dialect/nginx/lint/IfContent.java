package dev.fairlead.dialect.nginx.lint;

import dev.fairlead.source.Diagnostic;
import dev.fairlead.source.Problems;
import java.util.Set;

/// An `if` in a location is a location of its own: whatever is in it replaces what the location says, in ways
/// that surprise. Only what ends the request, or changes its path or variables, does what it reads like.
final class IfContent implements LintRule {
    static final String ID = "lint.if-content";

    private static final Set<String> HARMLESS = Set.of("return", "rewrite", "set", "break", "limit_rate", "access_log");

    @Override
    public void look(Branch branch, Problems problems) {
        boolean isInLocation = branch.is("if")
                && branch.parent().filter(outer -> outer.is("location")).isPresent();
        if (!isInLocation) {
            return;
        }
        branch.children().stream()
                .filter(child -> !HARMLESS.contains(child.statement().name().text()))
                .findFirst()
                .ifPresent(child -> problems.add(Diagnostic.warning(
                                ID,
                                child.span(),
                                "\"" + child.statement().name()
                                        + "\" in an \"if\" of a location replaces what the location says")
                        .hint("decide with \"map\" and a variable, or send the request to a location of its own with"
                                + " error_page and return")));
    }
}
