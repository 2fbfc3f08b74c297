package dev.fairlead.dialect.nginx.lint;

import dev.fairlead.source.Diagnostic;
import dev.fairlead.source.Problems;
import java.util.Set;

/// An `if` in a location is a location of its own: whatever is in it replaces what the location says, in ways
/// that surprise. Only what ends the request, or changes its path or variables, does what it reads like; and what
/// concerns the answer alone where the answer is given right there.
final class IfContent implements LintRule {
    static final String ID = "lint.if-content";

    private static final Set<String> HARMLESS = Set.of("return", "rewrite", "set", "break", "limit_rate", "access_log");

    private static final Set<String> OF_ANSWERS = Set.of("add_header", "add_trailer", "expires");

    @Override
    public void look(Branch branch, Problems problems) {
        boolean isInLocation = branch.is("if")
                && branch.parent().filter(outer -> outer.is("location")).isPresent();
        if (!isInLocation) {
            return;
        }
        boolean answers = !branch.children("return").isEmpty();
        branch.children().stream()
                .filter(child -> !isHarmless(child.statement().name().text(), answers))
                .findFirst()
                .ifPresent(child -> problems.add(Diagnostic.warning(
                                ID,
                                child.span(),
                                "\"" + child.statement().name()
                                        + "\" in an \"if\" of a location replaces what the location says")
                        .hint("decide with \"map\" and a variable, or send the request to a location of its own with"
                                + " error_page and return")));
    }

    private static boolean isHarmless(String name, boolean answers) {
        return HARMLESS.contains(name) || (answers && OF_ANSWERS.contains(name));
    }
}
