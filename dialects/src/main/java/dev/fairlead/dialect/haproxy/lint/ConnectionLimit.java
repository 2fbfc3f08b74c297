package dev.fairlead.dialect.haproxy.lint;

import dev.fairlead.dialect.haproxy.scope.Configuration;
import dev.fairlead.dialect.haproxy.scope.Entry;
import dev.fairlead.dialect.haproxy.scope.Proxy;
import dev.fairlead.dialect.haproxy.value.Figures;
import dev.fairlead.model.plan.RuntimeOptions;
import dev.fairlead.source.Diagnostic;
import dev.fairlead.source.Problems;
import java.util.Optional;

/// How many connections are taken: a number of a part that the whole never lets come about.
final class ConnectionLimit implements LintRule {
    static final String ID = "lint.connection-limit";

    @Override
    public void look(Configuration configuration, Problems problems) {
        Optional<Entry> whole = configuration.globals().last("maxconn");
        int most = whole.flatMap(ConnectionLimit::number).orElse(RuntimeOptions.DEFAULT.maxConnections());
        for (Proxy proxy : configuration.proxies()) {
            Optional<Entry> own = proxy.isFrontend() ? proxy.last("maxconn") : Optional.empty();
            own.filter(entry -> number(entry).filter(number -> number > most).isPresent())
                    .ifPresent(entry -> problems.add(Diagnostic.warning(
                                    ID,
                                    entry.arg(0).span(),
                                    proxy.section().shown() + " never has as many: all together have at most " + most)
                            .hint(whole.map(global ->
                                            "that is said at " + global.origin().fileAndLine())
                                    .orElse("that is what holds where none is said; in global: maxconn "
                                            + entry.text(0)))));
        }
    }

    private static Optional<Integer> number(Entry entry) {
        return Figures.between(entry.text(0), 1, Integer.MAX_VALUE);
    }
}
