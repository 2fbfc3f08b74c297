package dev.fairlead.dialect.systemd.setting;

import dev.fairlead.dialect.systemd.text.Assignment;
import dev.fairlead.unit.Suggestion;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;

/// The settings of `[Service]` that say what becomes of the lines it prints.
final class LogKeys {
    private static final String SERVICE = "Service";
    private static final Map<String, Integer> LEVELS = numbered("emerg alert crit err warning notice info debug");
    private static final Map<String, Integer> FACILITIES = facilities();
    private static final int MOST_LINES = 1_000_000_000;
    private static final int LOCAL0 = 16;
    private static final int LAST_FACILITY = 23;

    static final List<Key> ROWS = List.of(
            Key.honoured(
                    SERVICE,
                    "SyslogLevel",
                    "The priority of lines that say nothing about it",
                    (assignment, reading) -> number(assignment, reading, LEVELS, "log level")
                            .ifPresent(level -> reading.draft().logging.level = level)),
            Key.honoured(
                    SERVICE,
                    "SyslogLevelPrefix",
                    "Whether a line may begin with its own priority, as <3>",
                    (assignment, reading) ->
                            reading.bool(assignment).ifPresent(on -> reading.draft().logging.linesSayTheirs = on)),
            Key.partly(
                    SERVICE,
                    "SyslogFacility",
                    "systemctl shows it; lines are kept as those of facility daemon",
                    (assignment, reading) -> number(assignment, reading, FACILITIES, "log facility")
                            .ifPresent(facility -> reading.draft().logging.facility = facility)),
            Key.partly(
                    SERVICE,
                    "LogLevelMax",
                    "Less important lines of its processes are dropped; what is said about it is kept",
                    LogKeys::mostVerbose),
            Key.honoured(
                    SERVICE,
                    "LogRateLimitIntervalSec",
                    "The time in which its lines are counted; without LogRateLimitBurst= 10000 of them",
                    (assignment, reading) -> reading.duration(assignment)
                            .ifPresent(span -> reading.draft().logging.interval = Optional.of(span))),
            Key.honoured(
                    SERVICE,
                    "LogRateLimitBurst",
                    "How many of them are taken; without LogRateLimitIntervalSec= in 30 s",
                    (assignment, reading) -> reading.number(assignment, 0, MOST_LINES)
                            .ifPresent(count -> reading.draft().logging.burst = OptionalInt.of(count))));

    private LogKeys() {}

    private static void mostVerbose(Assignment assignment, Reading reading) {
        if (assignment.value().isEmpty()) {
            reading.draft().logging.mostVerbose = OptionalInt.empty();
        } else {
            number(assignment, reading, LEVELS, "log level")
                    .ifPresent(level -> reading.draft().logging.mostVerbose = OptionalInt.of(level));
        }
    }

    /// One of a few names, or the number that stands for it.
    private static Optional<Integer> number(
            Assignment assignment, Reading reading, Map<String, Integer> names, String what) {
        String word = assignment.value().text();
        Optional<Integer> named = Optional.ofNullable(names.get(word));
        Optional<Integer> number = named.isPresent()
                ? named
                : names.values().stream()
                        .filter(each -> Integer.toString(each).equals(word))
                        .findFirst();
        if (number.isEmpty()) {
            String all = String.join(", ", names.keySet());
            reading.ignore(
                    assignment,
                    "Failed to parse " + what + ", ignoring: ",
                    Suggestion.nearest(word, names.keySet())
                            .map(near -> near + " (of " + all + ")")
                            .orElse(all));
        }
        return number;
    }

    private static Map<String, Integer> facilities() {
        Map<String, Integer> all = numbered("kern user mail daemon auth syslog lpr news uucp cron authpriv ftp");
        for (int number = LOCAL0; number <= LAST_FACILITY; number++) {
            all.put("local" + (number - LOCAL0), number);
        }
        return all;
    }

    private static Map<String, Integer> numbered(String names) {
        Map<String, Integer> all = new TreeMap<>();
        int number = 0;
        for (String name : names.split(" ", -1)) {
            all.put(name, number++);
        }
        return all;
    }
}
