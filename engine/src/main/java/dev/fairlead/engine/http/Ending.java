package dev.fairlead.engine.http;

import java.util.List;

/// Who ended a request before its time, and while what was done (HAProxy's manual, section 8.5). First letter:
/// `C` for the client, `S` for the server, lower case where one was too slow, `P` for the proxy's rules, `L`
/// for an answer of the proxy's own. Second: `R` while the request was read, `C` while connecting, `H` while
/// the answer's head was awaited, `D` while data were passed. `--` where all went well.
public final class Ending {
    private static final String NONE = "--";

    private Ending() {}

    public static String of(Exchange exchange) {
        List<UpstreamFacts.Attempt> attempts = exchange.upstream().attempts();
        int status = exchange.response().status();
        boolean isStarted = exchange.response().isStarted();
        if (attempts.isEmpty()) {
            return withoutServer(exchange, status, isStarted);
        }
        UpstreamFacts.Attempt last = attempts.getLast();
        if (last.tally() == null || last.connectNanos() < 0) {
            return status == 504 ? "sC" : isStarted ? "SC" : "CC";
        }
        if (last.headerNanos() < 0) {
            return status == 504 ? "sH" : isStarted ? "SH" : "CH";
        }
        return exchange.counters().isComplete() ? NONE : "CD";
    }

    private static String withoutServer(Exchange exchange, int status, boolean isStarted) {
        if (!isStarted) {
            return "CR";
        }
        if (exchange.back() != null && status == 503) {
            return "SC";
        }
        if (status == 408) {
            return "cR";
        }
        return status >= 400 ? "PR" : "LR";
    }
}
