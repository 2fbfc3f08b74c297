package dev.fairlead.conformance.nginx;

import dev.fairlead.conformance.cases.CaseRun;
import dev.fairlead.conformance.cases.Group;
import dev.fairlead.conformance.cases.Running;
import dev.fairlead.conformance.cases.Upstreams;
import dev.fairlead.testkit.Deadline;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// One server's way through all cases of a group.
///
/// @param outcomes by case; a failure's message where there is no outcome
/// @param logs what it wrote, by file name
/// @param complaints lines of its output that should not be there
record GroupRun(Map<Group.Case, CaseRun.Result> outcomes, Map<String, String> logs, List<String> complaints) {

    static GroupRun of(Server.Kind kind, Path folder, Path root, Path keys, Group group) {
        Map<Group.Case, CaseRun.Result> outcomes = new LinkedHashMap<>();
        try (Upstreams upstreams = new Upstreams(group.replies());
                Running server = Server.start(kind, folder, root, keys, group, upstreams)) {
            outcomes.putAll(CaseRun.outcomes(group, server, upstreams));
            return new GroupRun(outcomes, finishedLogs(server), new ArrayList<>(server.complaints()));
        } catch (AssertionError | RuntimeException | IOException failed) {
            CaseRun.fail(group, outcomes, failed);
            return new GroupRun(outcomes, Map.of(), List.of());
        }
    }

    /// Logs are written when a request is over, which is a moment after its answer.
    private static Map<String, String> finishedLogs(Running server) throws IOException {
        List<Map<String, String>> states = new ArrayList<>(List.of(server.logs()));
        Deadline brief =
                Deadline.in(java.time.Duration.ofMillis(states.getFirst().isEmpty() ? 1 : 300));
        while (!brief.passed()) {
            java.util.concurrent.locks.LockSupport.parkNanos(20_000_000);
        }
        return server.logs();
    }
}
