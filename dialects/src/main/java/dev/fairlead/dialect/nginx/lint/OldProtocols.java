package dev.fairlead.dialect.nginx.lint;

import dev.fairlead.source.Diagnostic;
import dev.fairlead.source.Fix;
import dev.fairlead.source.Problems;
import dev.fairlead.source.Span;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/// Protocols before TLS 1.2, which RFC 8996 and RFC 7568 retire.
final class OldProtocols implements LintRule {
    static final String ID = "lint.old-protocols";

    private static final Set<String> OLD = Set.of("SSLv2", "SSLv3", "TLSv1", "TLSv1.1");

    @Override
    public void look(Branch branch, Problems problems) {
        if (!branch.is("ssl_protocols") && !branch.is("proxy_ssl_protocols")) {
            return;
        }
        List<String> words = branch.args().stream().map(Object::toString).toList();
        String old = words.stream().filter(OLD::contains).collect(Collectors.joining(", "));
        if (old.isEmpty()) {
            return;
        }
        List<String> left = words.stream().filter(word -> !OLD.contains(word)).toList();
        String kept = left.isEmpty() ? "TLSv1.2 TLSv1.3" : String.join(" ", left);
        Span all = branch.args().getFirst().span().to(branch.args().getLast().span());
        problems.add(Diagnostic.warning(ID, branch.span(), old + " can be broken; no current client needs it")
                .hint("write: " + branch.statement().name() + " " + kept)
                .fix(Fix.replace(all, kept)));
    }
}
