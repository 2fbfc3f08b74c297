package dev.fairlead.admin;

import dev.fairlead.engine.http.Method;
import dev.fairlead.model.control.Question;
import dev.fairlead.model.control.StackCommand;
import dev.fairlead.model.control.UnitCommand;
import dev.fairlead.model.service.JobMode;
import dev.fairlead.model.service.lifecycle.Signal;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/// What a control request asks for. The whole interface:
///
/// | request | does |
/// |---|---|
/// | `GET /status` | says what everything is doing |
/// | `GET /units` | every unit with what systemd would call its properties |
/// | `GET /manager` | jobs that wait or run, and the variables every service finds |
/// | `POST /variables?set=NAME=value&unset=NAME` | changes these variables |
/// | `POST /cancel?job=NUMBER` | gives up a job, or all of them |
/// | `GET /explain?url=URL&method=GET&from=IP&field=NAME:+VALUE` | says what would become of a request |
/// | `POST /reload` | reads the configuration again |
/// | `POST /upgrade` | goes over to the program as it lies on disk now |
/// | `GET /upgrade` | says what came of that; nothing while it is under way |
/// | `POST /stop` | ends the stack in order |
/// | `POST /reopen` | opens log files again |
/// | `POST /units/NAME/start`, `stop`, `restart`, `reload`, `reset-failed` | steers a unit (`?mode=`, `wait=0`) |
/// | `POST /units/NAME/kill?signal=TERM&whom=main` | sends a signal to a unit's main process, or to all |
/// | `POST /units/PATTERN/roll` | restarts units one after the other, out of the upstreams meanwhile |
/// | `POST /applications/NAME/deploy` | goes over to an application's present code |
/// | `POST /applications/NAME/scale?workers=4` | changes how many workers it has |
/// | `POST /jobs/COMMAND?job=NAME&variable=KEY=VALUE&wait=1` | steers jobs that live by events, see [JobRequest] |
/// | `GET /logs?unit=NAME&lines=100&follow=1` | the last captured lines, and those to come |
sealed interface ControlRequest {
    int LINES = 100;

    record Status() implements ControlRequest {}

    record Units() implements ControlRequest {}

    record Manager() implements ControlRequest {}

    record Explain(String url, String method, List<String> fields, String from, boolean isOld)
            implements ControlRequest {}

    record Perform(StackCommand command) implements ControlRequest {}

    record Logs(Optional<String> unit, int lines, boolean follow) implements ControlRequest {}

    /// Nothing of the above.
    ///
    /// @param status the answer's
    record Refused(int status, String message) implements ControlRequest {}

    /// @param path decoded
    /// @param query raw
    static ControlRequest parse(Method method, String path, String query) {
        try {
            return parse(method, path, Query.parse(query));
        } catch (IllegalArgumentException malformed) {
            return new Refused(400, "malformed query: " + malformed.getMessage());
        }
    }

    private static ControlRequest parse(Method method, String path, Query query) {
        return switch (path) {
            case "/", "/status" -> only(Method.GET, method, new Status());
            case "/units" -> only(Method.GET, method, new Units());
            case "/manager" -> only(Method.GET, method, new Manager());
            case "/variables" ->
                only(
                        Method.POST,
                        method,
                        new Perform(new StackCommand.ChangeVariables(query.all("unset"), query.all("set"))));
            case "/cancel" -> only(Method.POST, method, new Perform(new StackCommand.CancelJobs(number(query))));
            case "/explain" -> only(Method.GET, method, explain(query));
            case "/logs" ->
                only(
                        Method.GET,
                        method,
                        new Logs(query.text("unit"), query.count("lines", LINES), query.flag("follow")));
            case "/reload" -> only(Method.POST, method, new Perform(new StackCommand.Reload()));
            case "/upgrade" ->
                method == Method.POST
                        ? new Perform(new StackCommand.Upgrade())
                        : only(Method.GET, method, new Perform(new StackCommand.UpgradeReport()));
            case "/stop" -> only(Method.POST, method, new Perform(new StackCommand.Stop()));
            case "/reopen" -> only(Method.POST, method, new Perform(new StackCommand.ReopenLogs()));
            case String other
            when other.startsWith("/jobs/") ->
                JobRequest.parse(other.substring("/jobs/".length()), query)
                        .map(command -> only(Method.POST, method, new Perform(new StackCommand.ForJobs(command))))
                        .orElseGet(() -> new Refused(404, "no such command for jobs: " + other));
            case String other when other.startsWith("/units/") -> forUnit(method, other, query);
            case String other when other.startsWith("/applications/") -> forApplication(method, other, query);
            case String other -> new Refused(404, "no such request: " + other);
        };
    }

    private static ControlRequest explain(Query query) {
        Optional<String> url = query.text("url");
        if (url.isEmpty()) {
            return new Refused(400, "which url?");
        }
        return new Explain(
                url.get(),
                query.text("method").orElse(Question.USUAL_METHOD),
                query.all("field"),
                query.text("from").orElse(Question.USUAL_CLIENT),
                query.flag("old"));
    }

    private static OptionalInt number(Query query) {
        return query.text("job").isPresent() ? OptionalInt.of(query.count("job", 0)) : OptionalInt.empty();
    }

    private static ControlRequest forUnit(Method method, String path, Query query) {
        List<String> parts = List.of(path.substring("/units/".length()).split("/", -1));
        if (parts.size() != 2 || parts.getFirst().isEmpty()) {
            return new Refused(404, "expected /units/NAME/COMMAND");
        }
        String unit = parts.getFirst();
        String word = query.text("mode").orElse(JobMode.REPLACE.word());
        Optional<JobMode> known = JobMode.of(word);
        if (known.isEmpty()) {
            return new Refused(422, "Job mode " + word + " invalid");
        }
        boolean waits = query.all("wait").isEmpty() || query.flag("wait");
        JobMode mode = known.get();
        return switch (parts.get(1)) {
            case "start" -> job(method, new UnitCommand.Start(unit, mode), waits);
            case "stop" -> job(method, new UnitCommand.Stop(unit, mode), waits);
            case "restart" -> job(method, new UnitCommand.Restart(unit, mode), waits);
            case "reload" -> job(method, new UnitCommand.Reload(unit, mode), waits);
            case "roll" -> only(Method.POST, method, new Perform(new StackCommand.Roll(unit)));
            case "reset-failed" -> unit(method, new UnitCommand.ResetFailed(unit));
            case "kill" -> kill(method, unit, query);
            case String other -> new Refused(404, "no such command for a unit: " + other);
        };
    }

    private static ControlRequest forApplication(Method method, String path, Query query) {
        List<String> parts = List.of(path.substring("/applications/".length()).split("/", -1));
        if (parts.size() != 2 || parts.getFirst().isEmpty()) {
            return new Refused(404, "expected /applications/NAME/COMMAND");
        }
        String application = parts.getFirst();
        return switch (parts.get(1)) {
            case "deploy" -> only(Method.POST, method, new Perform(new StackCommand.Deploy(application)));
            case "scale" ->
                only(Method.POST, method, new Perform(new StackCommand.Scale(application, query.count("workers", 1))));
            case String other -> new Refused(404, "no such command for an application: " + other);
        };
    }

    private static ControlRequest kill(Method method, String unit, Query query) {
        String signal = query.text("signal").orElse("TERM");
        UnitCommand.Kill.Whom whom = switch (query.text("whom").orElse("all")) {
            case "main" -> UnitCommand.Kill.Whom.MAIN;
            case "control" -> UnitCommand.Kill.Whom.CONTROL;
            default -> UnitCommand.Kill.Whom.ALL;
        };
        return Signal.parse(signal)
                .map(parsed -> unit(method, new UnitCommand.Kill(unit, parsed, whom)))
                .orElseGet(() -> new Refused(400, "no such signal: " + signal));
    }

    private static ControlRequest job(Method method, UnitCommand command, boolean waits) {
        return unit(method, waits ? command : new UnitCommand.Begin(command));
    }

    private static ControlRequest unit(Method method, UnitCommand command) {
        return only(Method.POST, method, new Perform(new StackCommand.ForUnit(command)));
    }

    private static ControlRequest only(Method allowed, Method asked, ControlRequest request) {
        boolean fits = asked == allowed || (allowed == Method.GET && asked == Method.HEAD);
        return fits ? request : new Refused(405, "ask with " + allowed);
    }
}
