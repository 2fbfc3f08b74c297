package dev.fairlead.dialect.haproxy.lint;

import dev.fairlead.dialect.haproxy.scope.Configuration;
import dev.fairlead.dialect.haproxy.scope.Entry;
import dev.fairlead.dialect.haproxy.scope.Proxy;
import dev.fairlead.dialect.haproxy.syntax.Word;
import dev.fairlead.source.Diagnostic;
import dev.fairlead.source.Fix;
import dev.fairlead.source.Problems;
import java.util.List;
import java.util.Set;

/// Servers of a backend with several that are never asked whether they are well: without `check` HAProxy takes a
/// server for up whatever happens.
final class UncheckedServers implements LintRule {
    static final String ID = "lint.no-health-check";

    private static final Set<String> CHECKED = Set.of("check", "track", "disabled");

    @Override
    public void look(Configuration configuration, Problems problems) {
        for (Proxy proxy : configuration.proxies()) {
            List<Entry> servers = proxy.isBackend() ? proxy.each("server") : List.of();
            boolean byDefault = proxy.each("default-server").stream()
                    .anyMatch(entry -> has(entry, "check") && !has(entry, "no-check"));
            List<Entry> unchecked = servers.stream()
                    .filter(entry -> CHECKED.stream().noneMatch(word -> has(entry, word)))
                    .filter(entry -> !byDefault || has(entry, "no-check"))
                    .toList();
            if (servers.size() < 2 || unchecked.isEmpty()) {
                continue;
            }
            Entry first = unchecked.getFirst();
            problems.add(Diagnostic.warning(
                            ID,
                            first.arg(0).span(),
                            (unchecked.size() == 1 ? "this server" : unchecked.size() + " servers") + " of "
                                    + proxy.section().shown()
                                    + (unchecked.size() == 1 ? " keeps its share" : " keep their share")
                                    + " of requests when nothing answers there")
                    .hint("with \"check\" a server that cannot be connected to is left out until it is back")
                    .fix(new Fix(unchecked.stream()
                            .map(entry -> new Fix.Edit(entry.arg(1).span().after(), " check"))
                            .toList())));
        }
    }

    private static boolean has(Entry entry, String word) {
        return entry.args().stream().map(Word::text).anyMatch(word::equals);
    }
}
