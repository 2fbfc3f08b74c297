package dev.fairlead.dialect.nginx.lint;

import dev.fairlead.source.Diagnostic;
import dev.fairlead.source.Problems;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Locations that no request gets to, because something before them takes all.
final class UnreachableLocation implements LintRule {
    static final String ID = "lint.unreachable-location";

    private static final Set<String> MATCHES_ALL =
            Set.of("", ".", ".*", "^", "/", "^/", "^/.*", "^.*", "^.*$", "^/.*$");

    @Override
    public void look(Branch branch, Problems problems) {
        if (!branch.is("server") || branch.statement().block().isEmpty()) {
            return;
        }
        List<Branch> locations = branch.children("location");
        branch.children("return").stream()
                .findFirst()
                .ifPresent(all -> locations.stream()
                        .filter(location -> !location.arg(0).startsWith("@"))
                        .forEach(location -> report(location, "\"return\" of the server", all, problems)));
        if (branch.children("return").isEmpty()) {
            expressions(locations, problems);
        }
    }

    private static void expressions(List<Branch> locations, Problems problems) {
        Optional<Branch> before = locations.stream()
                .filter(location -> Locations.isBeforeExpressions(location)
                        && Locations.ofPrefix(location).orElse("").equals("/"))
                .findFirst();
        Optional<Branch> all = locations.stream()
                .filter(location -> Locations.expression(location)
                        .filter(MATCHES_ALL::contains)
                        .isPresent())
                .findFirst();
        boolean isBehind = false;
        for (Branch location : locations) {
            boolean isExpression = Locations.expression(location).isPresent();
            if (isExpression && before.isPresent()) {
                report(location, "location ^~ /", before.get(), problems);
            } else if (isExpression && isBehind) {
                all.ifPresent(taker -> report(location, "an expression that matches every path", taker, problems));
            } else if (!isExpression && before.isEmpty() && isTakenBy(all, location)) {
                all.ifPresent(taker -> report(location, "an expression that matches every path", taker, problems));
            }
            isBehind |= all.filter(taker -> taker == location).isPresent();
        }
    }

    private static boolean isTakenBy(Optional<Branch> all, Branch location) {
        return all.isPresent() && Locations.ofPrefix(location).isPresent() && !Locations.isBeforeExpressions(location);
    }

    private static void report(Branch location, String taker, Branch at, Problems problems) {
        problems.add(Diagnostic.warning(
                        ID, location.span(), "no request gets to this location: " + taker + " takes it before")
                .hint("it stands at " + at.span().fileAndLine()));
    }
}
