package dev.fairlead.engine.report;

import dev.fairlead.engine.upstream.server.ServerFacts;
import dev.fairlead.model.status.UpstreamStatus;
import dev.fairlead.model.upstream.HealthCheck;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// What a health check came to, in HAProxy's short words: on which layer it ended, and how.
final class CheckWords {
    private static final Pattern STATUS = Pattern.compile("^HTTP status (\\d+)");
    private static final Map<String, String> SENTENCES = Map.ofEntries(
            Map.entry("INI", "Initializing"),
            Map.entry("L4OK", "Layer4 check passed"),
            Map.entry("L4CON", "Layer4 connection problem"),
            Map.entry("L4TOUT", "Layer4 timeout"),
            Map.entry("L6OK", "Layer6 check passed"),
            Map.entry("L6TOUT", "Layer6 timeout"),
            Map.entry("L6RSP", "Layer6 invalid response"),
            Map.entry("L7OK", "Layer7 check passed"),
            Map.entry("L7OKC", "Layer7 check conditionally passed"),
            Map.entry("HANA", "Health analyze"),
            Map.entry("L7TOUT", "Layer7 timeout"),
            Map.entry("L7RSP", "Layer7 invalid response"),
            Map.entry("L7STS", "Layer7 wrong status"));
    /// As `show servers state` numbers them.
    private static final Map<String, Integer> NUMBERS = Map.ofEntries(
            Map.entry("INI", 1),
            Map.entry("HANA", 4),
            Map.entry("L4OK", 6),
            Map.entry("L4TOUT", 7),
            Map.entry("L4CON", 8),
            Map.entry("L6OK", 9),
            Map.entry("L6TOUT", 10),
            Map.entry("L6RSP", 11),
            Map.entry("L7TOUT", 12),
            Map.entry("L7RSP", 13),
            Map.entry("L7OK", 15),
            Map.entry("L7OKC", 16),
            Map.entry("L7STS", 17));

    private CheckWords() {}

    static String code(ServerFacts server) {
        if (server.result().isEmpty()) {
            return "INI";
        }
        HealthCheck check = server.check().orElseThrow();
        UpstreamStatus.Check result = server.result().get();
        if (server.isLeaving() && result.isWell()) {
            return "L7OKC";
        }
        return result.isWell() ? well(check) : unwell(result.reason());
    }

    private static String well(HealthCheck check) {
        return switch (check.probe()) {
            case HealthCheck.Probe.Connect() -> check.tls().isPresent() ? "L6OK" : "L4OK";
            case HealthCheck.Probe.Http http -> "L7OK";
            case HealthCheck.Probe.Dialogue dialogue -> "L7OK";
            case HealthCheck.Probe.Sequence sequence -> "L7OK";
            case HealthCheck.Probe.Agent agent -> "L7OK";
        };
    }

    private static String unwell(String reason) {
        String lower = reason.toLowerCase(Locale.ROOT);
        if (lower.startsWith("timed out")) {
            return lower.endsWith("connecting") ? "L4TOUT" : lower.endsWith("tls") ? "L6TOUT" : "L7TOUT";
        }
        if (lower.startsWith("health analysis")) {
            return "HANA";
        }
        if (lower.startsWith("tls:")) {
            return "L6RSP";
        }
        if (status(reason).isPresent()) {
            return "L7STS";
        }
        boolean isAnswer = lower.startsWith("the ") || lower.startsWith("step ") || lower.startsWith("upstream ");
        return isAnswer ? "L7RSP" : "L4CON";
    }

    static String sentence(String code) {
        return SENTENCES.getOrDefault(code, code);
    }

    static int number(String code) {
        return NUMBERS.getOrDefault(code, 0);
    }

    /// The status of HTTP that the answer had.
    static OptionalInt status(String reason) {
        Matcher matcher = STATUS.matcher(reason);
        return matcher.find() ? OptionalInt.of(Integer.parseInt(matcher.group(1))) : OptionalInt.empty();
    }

    /// What the system said, where it is more than the code tells: `Connection refused`.
    static String detail(ServerFacts server) {
        String reason = server.result().map(UpstreamStatus.Check::reason).orElse("");
        return code(server).equals("L4CON") && !reason.isEmpty()
                ? Character.toUpperCase(reason.charAt(0)) + reason.substring(1)
                : "";
    }

    /// How far a server is from the other state: from 0, down for certain, to `rise + fall - 1`, up for certain.
    static int health(ServerFacts server) {
        HealthCheck check = server.check().orElseThrow();
        int inRow = server.result().map(UpstreamStatus.Check::inRow).orElse(0);
        boolean isWell = server.result().map(UpstreamStatus.Check::isWell).orElse(true);
        int full = check.rise() + check.fall() - 1;
        if (server.isFailing()) {
            return isWell ? Math.min(inRow, check.rise() - 1) : 0;
        }
        if (server.result().isEmpty()) {
            return check.rise();
        }
        return isWell ? full : Math.max(check.rise(), full - inRow);
    }
}
