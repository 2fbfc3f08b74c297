package dev.fairlead.dialect.nginx.lint;

import dev.fairlead.source.Diagnostic;
import dev.fairlead.source.Problems;
import java.util.List;
import java.util.Set;

/// An `if` in a location is a location of its own: whatever is in it replaces what the location says, in ways
/// that surprise. Only what ends the request, or changes its path or variables, does what it reads like; and what
/// concerns the answer alone where the answer is given right there.
final class IfContent implements LintRule {
    static final String ID = "lint.if-content";

    /// What concerns the answer alone does what it reads like, too: what of it the location loses has a rule of its
    /// own.
    private static final Set<String> HARMLESS = Set.of(
            "return",
            "rewrite",
            "set",
            "break",
            "limit_rate",
            "limit_rate_after",
            "access_log",
            "add_header",
            "add_trailer",
            "expires",
            "more_set_headers",
            "more_clear_headers");

    @Override
    public void look(Branch branch, Problems problems) {
        boolean isInLocation = branch.is("if")
                && branch.parent().filter(outer -> outer.is("location")).isPresent();
        if (!isInLocation) {
            return;
        }
        tryFiles(branch, problems);
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

    /// A location's `try_files` is no matter to its `if`: whose condition holds, and who is not sent elsewhere,
    /// gets the plain file of the path.
    private static void tryFiles(Branch branch, Problems problems) {
        boolean stays = branch.children("return").isEmpty()
                && branch.children("proxy_pass").isEmpty()
                && branch.children("rewrite").stream().noneMatch(IfContent::leaves);
        List<Branch> tried =
                branch.parent().map(outer -> outer.children("try_files")).orElse(List.of());
        if (stays && !tried.isEmpty()) {
            problems.add(Diagnostic.warning(
                            ID, branch.span(), "where this holds, \"try_files\" of the location is not gone by")
                    .hint("it stands at " + tried.getFirst().span().fileAndLine()
                            + "; decide with \"map\" and a variable instead of an \"if\""));
        }
    }

    private static boolean leaves(Branch rewrite) {
        return !rewrite.arg(2).equals("break");
    }
}
