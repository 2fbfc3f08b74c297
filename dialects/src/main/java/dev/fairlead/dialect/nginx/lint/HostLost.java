package dev.fairlead.dialect.nginx.lint;

import dev.fairlead.source.Diagnostic;
import dev.fairlead.source.Problems;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/// A server that is told the name of an `upstream` instead of the site's: without a `proxy_set_header Host`, what
/// stands in `proxy_pass` is what it gets to see.
final class HostLost implements LintRule {
    static final String ID = "lint.host-lost";

    private static final Pattern NAME = Pattern.compile("[A-Za-z_][A-Za-z0-9_-]*(:[0-9]+)?");

    @Override
    public void look(Branch branch, Problems problems) {
        boolean isOfHttp = branch.is("proxy_pass") && branch.enclosing("stream").isEmpty();
        Optional<String> host = isOfHttp ? Targets.host(branch.arg(0)) : Optional.empty();
        boolean isTold = branch.parent()
                .map(outer ->
                        outer.effective("proxy_set_header").stream().anyMatch(field -> FieldName.is(field, "Host")))
                .orElse(true);
        if (host.isEmpty() || isTold || !isOnlyHere(host.get())) {
            return;
        }
        Branch place = branch.parent().orElseThrow();
        Diagnostic found = Diagnostic.warning(
                        ID,
                        branch.span(),
                        "the server is told that the site is called \"" + host.get()
                                + "\": its redirects and links lead there")
                .hint("add: proxy_set_header Host $host;");
        boolean losesNone = !place.children("proxy_set_header").isEmpty()
                || place.effective("proxy_set_header").isEmpty();
        // With the first proxy_set_header of its own the block would lose those around it.
        boolean isOwn = place.is("location") && losesNone;
        problems.add(isOwn ? found.fix(place.insert(List.of("proxy_set_header Host $host;"))) : found);
    }

    /// Names of upstreams, and others that mean nothing to clients.
    private static boolean isOnlyHere(String host) {
        return NAME.matcher(host).matches() && !host.startsWith("localhost");
    }
}
