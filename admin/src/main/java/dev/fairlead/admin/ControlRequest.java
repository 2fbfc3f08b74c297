package dev.fairlead.admin;

import dev.fairlead.engine.http.Method;
import dev.fairlead.model.control.Question;
import dev.fairlead.model.control.StackCommand;
import dev.fairlead.model.control.UnitCommand;
import dev.fairlead.model.service.Signal;
import java.util.List;
import java.util.Optional;

/// What a control request asks for. The whole interface:
///
/// | request | does |
/// |---|---|
/// | `GET /status` | says what everything is doing |
/// | `GET /explain?url=URL&method=GET&from=IP&field=NAME:+VALUE` | says what would become of a request |
/// | `POST /reload` | reads the configuration again |
/// | `POST /stop` | ends the stack in order |
/// | `POST /reopen` | opens log files again |
/// | `POST /units/NAME/start`, `stop`, `restart`, `reload`, `reset-failed` | steers a unit |
/// | `POST /units/NAME/kill?signal=TERM` | sends a signal to a unit |
/// | `POST /applications/NAME/deploy` | goes over to an application's present code |
/// | `POST /applications/NAME/scale?workers=4` | changes how many workers it has |
/// | `GET /logs?unit=NAME&lines=100&follow=1` | the last captured lines, and those to come |
sealed interface ControlRequest {
    int LINES = 100;

    record Status() implements ControlRequest {}

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
            case "/explain" -> only(Method.GET, method, explain(query));
            case "/logs" ->
                only(
                        Method.GET,
                        method,
                        new Logs(query.text("unit"), query.count("lines", LINES), query.flag("follow")));
            case "/reload" -> only(Method.POST, method, new Perform(new StackCommand.Reload()));
            case "/stop" -> only(Method.POST, method, new Perform(new StackCommand.Stop()));
            case "/reopen" -> only(Method.POST, method, new Perform(new StackCommand.ReopenLogs()));
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

    private static ControlRequest forUnit(Method method, String path, Query query) {
        List<String> parts = List.of(path.substring("/units/".length()).split("/", -1));
        if (parts.size() != 2 || parts.getFirst().isEmpty()) {
            return new Refused(404, "expected /units/NAME/COMMAND");
        }
        String unit = parts.getFirst();
        return switch (parts.get(1)) {
            case "start" -> unit(method, new UnitCommand.Start(unit));
            case "stop" -> unit(method, new UnitCommand.Stop(unit));
            case "restart" -> unit(method, new UnitCommand.Restart(unit));
            case "reload" -> unit(method, new UnitCommand.Reload(unit));
            case "reset-failed" -> unit(method, new UnitCommand.ResetFailed(unit));
            case "kill" -> kill(method, unit, query.text("signal").orElse("TERM"));
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

    private static ControlRequest kill(Method method, String unit, String signal) {
        return Signal.parse(signal)
                .map(parsed -> unit(method, new UnitCommand.Kill(unit, parsed)))
                .orElseGet(() -> new Refused(400, "no such signal: " + signal));
    }

    private static ControlRequest unit(Method method, UnitCommand command) {
        return only(Method.POST, method, new Perform(new StackCommand.ForUnit(command)));
    }

    private static ControlRequest only(Method allowed, Method asked, ControlRequest request) {
        boolean fits = asked == allowed || (allowed == Method.GET && asked == Method.HEAD);
        return fits ? request : new Refused(405, "ask with " + allowed);
    }
}
