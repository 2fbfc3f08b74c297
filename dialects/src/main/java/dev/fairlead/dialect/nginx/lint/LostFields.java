package dev.fairlead.dialect.nginx.lint;

import dev.fairlead.source.Diagnostic;
import dev.fairlead.source.Problems;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/// Directives that add header fields are inherited together or not at all: one of them in a block takes away
/// all that the blocks around it say.
///
/// @param directive such as `add_header`
/// @param consequence what the lost ones mean
record LostFields(String id, String directive, String consequence) implements LintRule {
    static final String RESPONSE = "lint.add-header-lost";
    static final String REQUEST = "lint.proxy-header-lost";

    static LostFields ofResponses() {
        return new LostFields(RESPONSE, "add_header", "responses of this block lack");
    }

    static LostFields ofRequests() {
        return new LostFields(
                REQUEST, "proxy_set_header", "the upstream server is not sent what is set further out for");
    }

    @Override
    public void look(Branch branch, Problems problems) {
        List<Branch> own = branch.children(directive);
        if (own.isEmpty()) {
            return;
        }
        Set<String> said = own.stream().map(LostFields::field).collect(Collectors.toSet());
        List<Branch> lost = branch.inherited(directive).stream()
                .filter(outer -> !said.contains(field(outer)))
                .toList();
        if (lost.isEmpty()) {
            return;
        }
        String names = lost.stream().map(outer -> outer.arg(0)).distinct().collect(Collectors.joining(", "));
        List<String> lines =
                lost.stream().map(outer -> outer.span().text() + ";").toList();
        problems.add(Diagnostic.warning(id, own.getFirst().span(), consequence + " " + names)
                .hint("a block with its own " + directive + " inherits none: repeat them here (they stand at "
                        + lost.getFirst().span().fileAndLine() + ")")
                .fix(branch.insert(lines)));
    }

    private static String field(Branch directive) {
        return directive.arg(0).toLowerCase(Locale.ROOT);
    }
}
