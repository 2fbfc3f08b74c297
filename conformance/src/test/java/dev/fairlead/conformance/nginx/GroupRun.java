package dev.fairlead.conformance.nginx;

import dev.fairlead.conformance.cases.CaseRun;
import dev.fairlead.conformance.cases.Group;
import dev.fairlead.conformance.cases.Running;
import dev.fairlead.conformance.cases.Upstreams;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// One server's way through all cases of a group.
///
/// @param outcomes by case; a failure's message where there is no outcome
/// @param logs what it wrote, by file name
/// @param complaints lines of its output that should not be there
record GroupRun(Map<Group.Case, CaseRun.Result> outcomes, Map<String, String> logs, List<String> complaints) {

    /// Without the connection and the request that it was for.
    private static final Pattern REFUSAL = Pattern.compile("upstream SSL certificate .*?(?= while )");

    static GroupRun of(Server.Kind kind, Path folder, Path root, Path keys, Group group) {
        Map<Group.Case, CaseRun.Result> outcomes = new LinkedHashMap<>();
        try (Upstreams upstreams = new Upstreams(group.replies())) {
            Running server = Server.start(kind, folder, root, keys, group, upstreams);
            List<String> complaints;
            try (server) {
                outcomes.putAll(CaseRun.outcomes(group, server, upstreams));
                complaints = server.complaints();
            }
            // A log is written when a request is over, which is after its answer: all of it is there in the end.
            Map<String, String> logs = new LinkedHashMap<>(server.logs());
            logs.put("why servers are refused", refusals(folder.resolve("error.log")));
            return new GroupRun(outcomes, logs, complaints);
        } catch (AssertionError | RuntimeException | IOException failed) {
            CaseRun.fail(group, outcomes, failed);
            return new GroupRun(outcomes, Map.of(), List.of());
        }
    }

    /// What its error log says of upstreams' certificates, a line each.
    private static String refusals(Path log) throws IOException {
        return REFUSAL.matcher(Files.readString(log, StandardCharsets.ISO_8859_1))
                .results()
                .map(MatchResult::group)
                .collect(Collectors.joining("\n"));
    }
}
