package dev.fairlead.admin;

import dev.fairlead.model.control.JobCommand;
import dev.fairlead.model.control.JobCommand.Change;
import dev.fairlead.model.control.JobCommand.Instance;
import java.util.LinkedHashMap;
import java.util.Optional;
import java.util.SequencedMap;

/// What is asked of jobs behind `/jobs/`: `start`, `stop`, `restart`, `reload`, `status`, `list`, `emit`,
/// `show-config`, `check-config`, `usage`, `list-env`, `get-env`, `set-env`, `unset-env`, `reset-env`.
///
/// `job` names the job, `event` what is emitted, `variable` (`KEY=VALUE`, repeated) what is told, `wait`
/// whether the answer waits; of the environment, `of-job` and `of-instance` name whose it is, `name` and
/// `value` the variable.
final class JobRequest {
    private JobRequest() {}

    /// Empty for a word that is no command.
    static Optional<JobCommand> parse(String word, Query query) {
        String job = query.text("job").orElse("");
        boolean waits = query.flag("wait");
        return switch (word) {
            case "start" -> Optional.of(new JobCommand.Start(job, variables(query), waits));
            case "stop" -> Optional.of(new JobCommand.Stop(job, variables(query), waits));
            case "restart" -> Optional.of(new JobCommand.Restart(job, variables(query), waits));
            case "reload" -> Optional.of(new JobCommand.Reload(job, variables(query)));
            case "status" -> Optional.of(new JobCommand.Status(job, variables(query)));
            case "list" -> Optional.of(new JobCommand.Overview());
            case "emit" -> Optional.of(new JobCommand.Emit(query.text("event").orElse(""), variables(query), waits));
            case "show-config" -> Optional.of(new JobCommand.ShowConditions(query.text("job"), query.flag("detailed")));
            case "check-config" -> Optional.of(new JobCommand.CheckConditions(query.text("job")));
            case "usage" -> Optional.of(new JobCommand.Usage(job));
            case "list-env", "get-env" ->
                Optional.of(new JobCommand.Variables(instance(query), Optional.empty(), query.text("name")));
            case "set-env" ->
                Optional.of(changed(query, new Change.Set(name(query), value(query), query.flag("keep"))));
            case "unset-env" -> Optional.of(changed(query, new Change.Unset(name(query))));
            case "reset-env" -> Optional.of(changed(query, new Change.Reset()));
            default -> Optional.empty();
        };
    }

    private static JobCommand changed(Query query, Change change) {
        return new JobCommand.Variables(instance(query), Optional.of(change), Optional.empty());
    }

    private static Optional<Instance> instance(Query query) {
        return query.text("of-job")
                .map(job -> new Instance(job, query.text("of-instance").orElse("")));
    }

    private static String name(Query query) {
        return query.text("name").orElse("");
    }

    private static String value(Query query) {
        return query.text("value").orElse("");
    }

    private static SequencedMap<String, String> variables(Query query) {
        SequencedMap<String, String> variables = new LinkedHashMap<>();
        for (String variable : query.all("variable")) {
            int equals = variable.indexOf('=');
            if (equals > 0) {
                variables.put(variable.substring(0, equals), variable.substring(equals + 1));
            }
        }
        return variables;
    }
}
