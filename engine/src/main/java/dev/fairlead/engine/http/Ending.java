package dev.fairlead.engine.http;

import dev.fairlead.model.text.Attribute;
import java.util.List;

/// Who ended a request before its time, and while what was done (HAProxy's manual, section 8.5). First letter:
/// `C` for the client, `S` for the server, lower case where one was too slow, `P` for the proxy's rules, `L`
/// for an answer of the proxy's own. Second: `R` while the request was read, `C` while connecting, `H` while
/// the answer's head was awaited, `D` while data were passed, `Q` while a server was waited for. `--` where all
/// went well. What a rule has said counts.
public final class Ending {
    /// All went well.
    public static final String NONE = "--";

    private Ending() {}

    public static String of(Exchange exchange) {
        String said = exchange.values().fact(Attribute.ENDING);
        if (said != null) {
            return said;
        }
        List<UpstreamFacts.Attempt> attempts = exchange.upstream().attempts();
        boolean isStarted = exchange.response().isStarted();
        if (attempts.isEmpty()) {
            return withoutServer(exchange, exchange.response().status(), isStarted);
        }
        UpstreamFacts.Attempt last = attempts.getLast();
        boolean isLate = last.trouble() == UpstreamFacts.Trouble.LATE;
        if (last.tally() == null) {
            return isLate ? "sQ" : isStarted ? "SC" : "CQ";
        }
        if (last.connectNanos() < 0) {
            return isLate ? "sC" : isStarted ? "SC" : "CC";
        }
        if (last.headerNanos() < 0) {
            return last.trouble() == UpstreamFacts.Trouble.UNSOUND ? "PH" : isLate ? "sH" : isStarted ? "SH" : "CH";
        }
        if (exchange.counters().isComplete()) {
            return NONE;
        }
        return isLate ? "sD" : last.trouble() == UpstreamFacts.Trouble.CUT ? "SD" : "CD";
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
