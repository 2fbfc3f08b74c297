package dev.fairlead.dialect.nginx.lint;

import dev.fairlead.dialect.nginx.value.Times;
import dev.fairlead.source.Diagnostic;
import dev.fairlead.source.Problems;
import java.time.Duration;
import java.util.Set;

/// A wait of a day or more is no limit: whoever stops answering keeps its connection.
final class DayLongTimeout implements LintRule {
    static final String ID = "lint.day-long-timeout";

    private static final Set<String> TIMEOUTS = Set.of(
            "proxy_read_timeout",
            "proxy_send_timeout",
            "proxy_connect_timeout",
            "client_body_timeout",
            "client_header_timeout",
            "keepalive_timeout",
            "send_timeout",
            "proxy_timeout");

    @Override
    public void look(Branch branch, Problems problems) {
        if (!TIMEOUTS.contains(branch.statement().name().text())) {
            return;
        }
        Times.millis(branch.arg(0))
                .filter(time -> time.compareTo(Duration.ofDays(1)) >= 0)
                .ifPresent(time -> problems.add(Diagnostic.warning(
                                ID,
                                branch.span(),
                                "connections that stopped answering are kept for " + time.toHours() + " hours")
                        .hint("WebSockets stay open with a ping now and then; minutes are enough")));
    }
}
