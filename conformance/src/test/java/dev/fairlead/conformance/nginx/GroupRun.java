package dev.fairlead.conformance.nginx;

import dev.fairlead.testkit.Deadline;
import dev.fairlead.testkit.Reply;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// One server's way through all cases of a group.
///
/// @param outcomes by case; a failure's message where there is no outcome
/// @param logs what it wrote, by file name
/// @param complaints lines of its output that should not be there
record GroupRun(Map<Group.Case, Result> outcomes, Map<String, String> logs, List<String> complaints) {

    /// What came of a case.
    sealed interface Result {
        record Answered(Outcome outcome, int answers) implements Result {}

        record Failed(String why) implements Result {}
    }

    static GroupRun of(Server.Kind kind, Path folder, Path root, Path keys, Group group) {
        Map<Group.Case, Result> outcomes = new LinkedHashMap<>();
        try (Upstreams upstreams = new Upstreams(group.replies());
                Server server = Server.start(kind, folder, root, keys, group, upstreams)) {
            for (Group.Case test : group.cases()) {
                outcomes.put(test, result(test, server, upstreams));
            }
            return new GroupRun(outcomes, finishedLogs(server), new ArrayList<>(server.complaints()));
        } catch (AssertionError | RuntimeException | IOException failed) {
            group.cases()
                    .forEach(
                            test -> outcomes.putIfAbsent(test, new Result.Failed(String.valueOf(failed.getMessage()))));
            return new GroupRun(outcomes, Map.of(), List.of());
        }
    }

    private static Result result(Group.Case test, Server server, Upstreams upstreams) {
        try {
            upstreams.takeSeen();
            List<Reply> replies = Client.run(server, test);
            String mask = test.options().getOrDefault("mask", "");
            List<String> seen = new ArrayList<>(upstreams.takeSeen());
            if (test.steps().stream().anyMatch(step -> step.connection() == Group.Connection.MEANWHILE)) {
                // Which of two that are in work at once is noted first is chance.
                seen.sort(Comparator.naturalOrder());
            }
            return new Result.Answered(Outcome.of(replies, seen, mask, server), replies.size());
        } catch (AssertionError | RuntimeException failed) {
            return new Result.Failed(failed.toString());
        }
    }

    /// Logs are written when a request is over, which is a moment after its answer.
    private static Map<String, String> finishedLogs(Server server) throws IOException {
        List<Map<String, String>> states = new ArrayList<>(List.of(server.logs()));
        Deadline brief =
                Deadline.in(java.time.Duration.ofMillis(states.getFirst().isEmpty() ? 1 : 300));
        while (!brief.passed()) {
            java.util.concurrent.locks.LockSupport.parkNanos(20_000_000);
        }
        return server.logs();
    }
}
