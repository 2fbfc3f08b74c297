package dev.fairlead.conformance.cases;

import dev.fairlead.testkit.Reply;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// One program's way through all cases of a group.
public final class CaseRun {
    private CaseRun() {}

    /// What came of a case.
    public sealed interface Result {
        record Answered(Outcome outcome, int answers) implements Result {}

        record Failed(String why) implements Result {}
    }

    /// The outcomes by case, in order.
    public static Map<Group.Case, Result> outcomes(Group group, Served server, Upstreams upstreams) {
        Map<Group.Case, Result> outcomes = new LinkedHashMap<>();
        for (Group.Case test : group.cases()) {
            outcomes.put(test, result(test, server, upstreams));
        }
        return outcomes;
    }

    /// The same failure for all cases that have no outcome.
    public static void fail(Group group, Map<Group.Case, Result> outcomes, Throwable failure) {
        group.cases()
                .forEach(test -> outcomes.putIfAbsent(test, new Result.Failed(String.valueOf(failure.getMessage()))));
    }

    private static Result result(Group.Case test, Served server, Upstreams upstreams) {
        try {
            upstreams.takeSeen();
            List<Reply> replies = Client.run(server, test);
            String mask = test.options().getOrDefault("mask", "");
            String count = test.options().get("seen");
            List<String> seen =
                    new ArrayList<>(count == null ? upstreams.takeSeen() : upstreams.takeSeen(Integer.parseInt(count)));
            if (test.steps().stream().anyMatch(step -> step.connection() == Group.Connection.MEANWHILE)) {
                // Which of two that are in work at once is noted first is chance.
                seen.sort(Comparator.naturalOrder());
            }
            Outcome outcome = Outcome.of(replies, seen, mask, server);
            String logged = test.options().get("log");
            if (logged != null) {
                outcome.aspects().put("log", String.join("\n", server.logged(Integer.parseInt(logged))));
            }
            return new Result.Answered(outcome, replies.size());
        } catch (AssertionError | RuntimeException failed) {
            return new Result.Failed(failed.toString());
        }
    }
}
