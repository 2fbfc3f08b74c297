package dev.fairlead.dialect.haproxy.lint;

import dev.fairlead.dialect.haproxy.scope.Configuration;
import dev.fairlead.dialect.haproxy.scope.Entry;
import dev.fairlead.dialect.haproxy.value.Delays;
import dev.fairlead.source.Diagnostic;
import dev.fairlead.source.Problems;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.Set;

/// A wait of a day or more is no limit: whoever stops answering keeps its connection.
final class DayLongTimeout implements LintRule {
    static final String ID = "lint.day-long-timeout";

    private static final Set<String> OLD = Set.of("clitimeout", "srvtimeout", "contimeout");

    @Override
    public void look(Configuration configuration, Problems problems) {
        configuration.sections().stream()
                .flatMap(section -> section.entries().stream())
                .filter(entry -> entry.name().startsWith("timeout ") || OLD.contains(entry.name()))
                .filter(entry -> entry.count() > 0)
                .forEach(entry -> look(entry, problems));
    }

    private static void look(Entry entry, Problems problems) {
        if (Delays.read(entry.text(0), entry.name(), ChronoUnit.MILLIS) instanceof Delays.Result.Read(Duration delay)
                && delay.compareTo(Duration.ofDays(1)) >= 0) {
            boolean isBeforeRequests =
                    entry.name().equals("timeout connect") || entry.name().equals("contimeout");
            problems.add(
                    Diagnostic.warning(
                                    ID,
                                    entry.arg(0).span(),
                                    isBeforeRequests
                                            ? "a server that does not take connections is waited for " + delay.toHours()
                                                    + " hours"
                                            : "connections that stopped answering are kept for " + delay.toHours()
                                                    + " hours")
                            .hint(
                                    isBeforeRequests
                                            ? "a connection stands within seconds or never"
                                            : "WebSockets stay open with a ping now and then; for them alone: timeout tunnel 1h"));
        }
    }
}
