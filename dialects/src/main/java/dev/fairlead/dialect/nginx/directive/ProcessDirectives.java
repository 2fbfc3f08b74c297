package dev.fairlead.dialect.nginx.directive;

import static dev.fairlead.dialect.nginx.directive.Rows.EVENTS;
import static dev.fairlead.dialect.nginx.directive.Rows.MAIN;

import dev.fairlead.dialect.Arity;
import dev.fairlead.dialect.Directive;
import dev.fairlead.dialect.nginx.scope.Compilation;
import dev.fairlead.dialect.nginx.scope.Context;
import dev.fairlead.dialect.nginx.scope.Environment;
import dev.fairlead.dialect.nginx.scope.Group;
import dev.fairlead.dialect.nginx.scope.Level;
import dev.fairlead.dialect.nginx.scope.Setter;
import dev.fairlead.dialect.nginx.scope.Setting;
import dev.fairlead.dialect.nginx.syntax.Statement;
import dev.fairlead.dialect.nginx.syntax.Word;
import dev.fairlead.dialect.nginx.value.Numbers;
import dev.fairlead.model.plan.RuntimeOptions;
import dev.fairlead.source.Span;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// How the program runs: the main level and `events`.
public final class ProcessDirectives {
    private static final Setting<Optional<Integer>> LOOPS = Setting.of(Group.PROCESS, Optional.of(1));
    private static final Setting<Integer> CONNECTIONS = Setting.of(Group.PROCESS, 512);
    private static final Setting<Optional<RuntimeOptions.RunAs>> USER = Setting.of(Group.PROCESS, Optional.empty());
    private static final Setting<String> PID = Setting.of(Group.PROCESS, "");
    private static final Setting<Boolean> DAEMON = Setting.of(Group.PROCESS, true);
    private static final Setting<Boolean> MASTER = Setting.of(Group.PROCESS, true);
    private static final Setting<Duration> SHUTDOWN = Setting.of(Group.PROCESS, Duration.ZERO);

    private ProcessDirectives() {}

    static List<Directive<Context, Setter>> rows() {
        return Rows.join(blocks(), settings());
    }

    private static List<Directive<Context, Setter>> blocks() {
        return List.of(
                Rows.block("events", MAIN, Arity.NONE, "Holds what concerns connections in general.", (s, level, c) -> {
                    if (c.eventsLevel().isPresent()) {
                        c.directive(s, s.span(), "is duplicate");
                        return;
                    }
                    Level events = level.child(Context.EVENTS);
                    c.enterEvents(events);
                    c.read(s, events);
                }),
                Rows.block("http", MAIN, Arity.NONE, "Holds everything about HTTP.", (s, level, c) -> {
                    if (c.httpLevel().isPresent()) {
                        c.directive(s, s.span(), "is duplicate");
                        return;
                    }
                    Level http = level.child(Context.HTTP);
                    c.enterHttp(http);
                    c.read(s, http);
                }),
                Rows.row(
                        "include",
                        java.util.EnumSet.allOf(Context.class),
                        Arity.exactly(1),
                        "Reads other files in this place.",
                        (s, level, c) -> {}));
    }

    private static List<Directive<Context, Setter>> settings() {
        return List.of(
                Rows.row(
                        "user",
                        MAIN,
                        Arity.between(1, 2),
                        "Names the user, and group, that requests are served as.",
                        ProcessDirectives::user),
                Rows.row(
                        "worker_processes",
                        MAIN,
                        Arity.exactly(1),
                        "Sets the number of event loops.",
                        ProcessDirectives::loops),
                Rows.value(
                        "worker_connections",
                        EVENTS,
                        CONNECTIONS,
                        "Bounds the connections of a loop.",
                        (word, statement) -> Numbers.parseInt(word.text())
                                .map(Rows.Parsed::good)
                                .orElse(Rows.Parsed.bad("invalid number \"" + word + "\""))),
                Rows.value(
                        "pid",
                        MAIN,
                        PID,
                        "Names the file for the process id.",
                        (word, statement) -> Rows.Parsed.good(word.text())),
                Rows.flag("daemon", MAIN, DAEMON, "Runs in the background."),
                Rows.flag("master_process", MAIN, MASTER, "Runs workers as processes; here always one process."),
                Rows.millis("worker_shutdown_timeout", MAIN, SHUTDOWN, "Bounds the time connections may drain."));
    }

    private static void user(Statement statement, Level level, Compilation c) {
        Optional<String> group =
                statement.count() == 2 ? Optional.of(statement.arg(1).text()) : Optional.empty();
        RuntimeOptions.RunAs runAs = new RuntimeOptions.RunAs(statement.arg(0).text(), group, statement.span());
        c.set(statement, level, USER, Optional.of(runAs));
    }

    private static void loops(Statement statement, Level level, Compilation c) {
        if (Rows.isDuplicate(statement, level, LOOPS, c)) {
            return;
        }
        Word word = statement.arg(0);
        Optional<Integer> number = Numbers.parseInt(word.text()).map(count -> Math.max(1, count));
        if (!word.is("auto") && number.isEmpty()) {
            c.directive(statement, word.span(), "invalid value", "a number, or auto");
        }
        c.set(statement, level, LOOPS, number);
    }

    /// How the program runs, by the main level and `events`.
    public static RuntimeOptions build(
            Level main, Optional<Level> events, Environment environment, Optional<String> pidFile) {
        Duration shutdown = main.value(SHUTDOWN);
        Optional<RuntimeOptions.PidFile> pid = main.own(PID)
                .or(() -> pidFile.map(file -> new Level.Assigned<>(file, Span.builtIn())))
                .map(file -> new RuntimeOptions.PidFile(environment.content(file.value()), file.origin()));
        return new RuntimeOptions(
                main.value(LOOPS),
                events.map(level -> level.value(CONNECTIONS)).orElse(CONNECTIONS.byDefault()),
                main.value(USER),
                pid,
                main.value(DAEMON),
                shutdown.isZero() ? Optional.empty() : Optional.of(shutdown),
                LoggingDirectives.errorLogs(main));
    }

    /// As many loops as processors, for a configuration that says nothing of processes.
    public static void assumeLoops(Level main) {
        main.assign(LOOPS, Optional.empty(), Span.builtIn());
    }
}
