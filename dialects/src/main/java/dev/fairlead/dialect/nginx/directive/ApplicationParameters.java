package dev.fairlead.dialect.nginx.directive;

import dev.fairlead.dialect.nginx.scope.Environment;
import dev.fairlead.dialect.nginx.syntax.Word;
import dev.fairlead.dialect.nginx.value.Numbers;
import dev.fairlead.dialect.nginx.value.Times;
import dev.fairlead.model.app.Application;
import dev.fairlead.model.app.RequestView;
import dev.fairlead.model.app.WorkerKind;
import dev.fairlead.model.app.WorkerTimeouts;
import dev.fairlead.model.service.execution.Named;
import dev.fairlead.source.Span;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Stream;

/// The parameters of `app`, by a table that is also their documentation; filled in one by one.
final class ApplicationParameters {
    private static final Duration USUAL_PROBE = Duration.ofSeconds(5);
    private static final int USUAL_CONNECTIONS = 1000;

    private static final List<Parameter> TABLE = List.of(
            new Parameter(
                    "name",
                    "what `fairlead deploy` and messages call it; the target itself unless given",
                    word("a name", (draft, word) -> draft.name = word.text())),
            new Parameter("workers", "processes, 1 unless given", number(1, (draft, count) -> draft.workers = count)),
            new Parameter(
                    "kind",
                    "`sync` (the usual), `gthread`, `gevent`, `eventlet` or `asgi`",
                    ApplicationParameters::kind),
            new Parameter(
                    "threads",
                    "requests that a worker of kind gthread runs at once; more than 1 makes gthread the usual kind",
                    number(1, (draft, count) -> draft.threads = Optional.of(count))),
            new Parameter(
                    "connections",
                    "requests that a worker of kind gevent, eventlet or asgi runs at once, 1000 unless given",
                    number(1, (draft, count) -> draft.connections = count)),
            new Parameter("preload", "`on`: imported once, before workers are forked", ApplicationParameters::preload),
            new Parameter(
                    "directory",
                    "the working folder, first on the module path; relative to the configuration file's folder, which"
                            + " it is unless given",
                    word("a folder", (draft, word) -> draft.directory = Optional.of(word.text()))),
            new Parameter(
                    "python",
                    "the interpreter; unless given that of a virtual environment beside the application, or of the"
                            + " path",
                    word("an interpreter", (draft, word) -> draft.python = Optional.of(word.text()))),
            new Parameter(
                    "pythonpath",
                    "a folder added to the module path; may be repeated",
                    word("a folder", (draft, word) -> draft.pythonPath.add(word.text()))),
            new Parameter(
                    "env",
                    "`env=NAME=value` adds to the environment; may be repeated",
                    ApplicationParameters::environment),
            new Parameter(
                    "user",
                    "whose rights it has; the program's own unless given",
                    word("a user", (draft, word) -> draft.user = Optional.of(new Named(word.text(), word.span())))),
            new Parameter(
                    "group",
                    "the group that goes with it; the user's own unless given",
                    word("a group", (draft, word) -> draft.group = Optional.of(new Named(word.text(), word.span())))),
            new Parameter(
                    "timeout",
                    "how long a worker may take for a request, 30s unless given; 0 for no limit",
                    time((draft, time) -> draft.timeout = time)),
            new Parameter(
                    "graceful",
                    "how long a worker that is replaced may finish its requests, 30s unless given",
                    time((draft, time) -> draft.graceful = time)),
            new Parameter(
                    "start",
                    "how long a new worker may take until it is ready, 60s unless given; 0 for no limit",
                    time((draft, time) -> draft.start = time)),
            new Parameter(
                    "health",
                    "a path that a new worker has to answer with a status below 400 before others get to it",
                    ApplicationParameters::health),
            new Parameter(
                    "max_requests",
                    "requests after which a worker is replaced; 0, no limit, unless given",
                    number(0, (draft, count) -> draft.maxRequests = count)),
            new Parameter(
                    "max_requests_jitter",
                    "a random number up to this is added for each worker",
                    number(0, (draft, count) -> draft.jitter = count)),
            new Parameter(
                    "memory",
                    "a size above which a worker is replaced",
                    read(
                            text -> Numbers.size(text, true),
                            "a size such as 512m",
                            (draft, bytes) -> draft.residentBytes = bytes)),
            new Parameter(
                    "queue",
                    "requests that wait while no worker is free, 2048 unless given; those beyond are answered 503",
                    number(0, (draft, count) -> draft.longestQueue = count)),
            new Parameter(
                    "script_name",
                    "the part of the path that the application is mounted at, such as the location's prefix",
                    ApplicationParameters::scriptName));

    private final Word target;
    private final Span origin;
    private final List<String> pythonPath = new ArrayList<>();
    private final List<String> environment = new ArrayList<>();
    private String name;
    private Optional<WorkerKind> kind = Optional.empty();
    private int workers = 1;
    private Optional<Integer> threads = Optional.empty();
    private int connections = USUAL_CONNECTIONS;
    private boolean preload;
    private Optional<String> directory = Optional.empty();
    private Optional<String> python = Optional.empty();
    private Optional<Named> user = Optional.empty();
    private Optional<Named> group = Optional.empty();
    private Duration timeout = WorkerTimeouts.DEFAULT.request();
    private Duration graceful = WorkerTimeouts.DEFAULT.graceful();
    private Duration start = WorkerTimeouts.DEFAULT.start();
    private Optional<Application.HealthCheck> health = Optional.empty();
    private long maxRequests;
    private long jitter;
    private long residentBytes;
    private int longestQueue = Application.WaitingRoom.DEFAULT.longest();
    private String scriptName = "";

    ApplicationParameters(Word target, Span origin) {
        this.target = target;
        this.origin = origin;
        this.name = target.text();
    }

    /// A row: a name, what it means, and what puts a value into effect or says what was expected instead.
    private record Parameter(String name, String doc, Reader reader) {}

    /// Reads one value.
    private interface Reader {
        /// @return what was expected, if the value is wrong
        Optional<String> read(ApplicationParameters draft, Word value);
    }

    /// Takes a value.
    private interface Taker<T> {
        void take(ApplicationParameters draft, T value);
    }

    static Stream<Map.Entry<String, String>> documentation() {
        return TABLE.stream().map(row -> Map.entry(row.name(), row.doc()));
    }

    static List<String> names() {
        return TABLE.stream().map(Parameter::name).toList();
    }

    /// @param parameter the part of a word in front of its `=`
    /// @return what was expected, if the value is wrong; empty as well for an unknown name, see [#names]
    Optional<String> read(String parameter, Word value) {
        return TABLE.stream()
                .filter(row -> row.name().equals(parameter))
                .findFirst()
                .flatMap(row -> row.reader().read(this, value));
    }

    /// What does not fit together.
    void check(Consumer<String> complaint) {
        if (threads.filter(count -> count > 1).isPresent() && kind() != WorkerKind.THREADS) {
            complaint.accept("\"threads\" is for kind=gthread, not kind=" + kind().word());
        }
        if (jitter > 0 && maxRequests == 0) {
            complaint.accept("\"max_requests_jitter\" needs \"max_requests\"");
        }
        if (group.isPresent() && user.isEmpty()) {
            complaint.accept("\"group\" needs \"user\"");
        }
    }

    private WorkerKind kind() {
        return kind.orElse(threads.orElse(1) > 1 ? WorkerKind.THREADS : WorkerKind.SYNC);
    }

    Application build(Environment around) {
        return new Application(
                name,
                target.text(),
                kind(),
                workers,
                threads.orElse(1),
                connections,
                preload,
                new Application.Surroundings(
                        python.map(path -> path.startsWith("/") || !path.contains("/") ? path : folder(path, around)),
                        folder(directory.orElse(""), around),
                        pythonPath.stream().map(path -> folder(path, around)).toList(),
                        environment,
                        Optional.empty(),
                        user,
                        group,
                        OptionalInt.empty()),
                new Application.Recycling(maxRequests, jitter, residentBytes),
                new WorkerTimeouts(timeout, graceful, start),
                health,
                new Application.WaitingRoom(longestQueue, Application.WaitingRoom.DEFAULT.timeout()),
                requests(),
                Map.of(),
                Optional.empty(),
                origin);
    }

    private RequestView requests() {
        RequestView usual = RequestView.DEFAULT;
        return new RequestView(
                usual.trusted(),
                usual.trustsAll(),
                usual.secureHeaders(),
                usual.forwarderHeaders(),
                usual.underscores(),
                scriptName,
                usual.errorText(),
                usual.limits());
    }

    /// Relative to the file that says it, which an `include` may have brought in from elsewhere.
    private String folder(String path, Environment around) {
        if (path.startsWith("/")) {
            return around.paths().resolve(path);
        }
        String file = origin.file().name();
        int slash = file.lastIndexOf('/');
        String beside = slash < 0 ? around.confFolder() : file.substring(0, slash + 1);
        String whole = beside + path;
        return whole.length() > 1 && whole.endsWith("/") ? whole.substring(0, whole.length() - 1) : whole;
    }

    private Optional<String> kind(Word word) {
        kind = Stream.of(WorkerKind.values())
                .filter(each -> each.word().equals(word.text()))
                .findFirst();
        return kind.isPresent() ? Optional.empty() : Optional.of("one of: sync, gthread, gevent, eventlet, asgi");
    }

    private Optional<String> preload(Word word) {
        preload = word.is("on");
        return preload || word.is("off") ? Optional.empty() : Optional.of("\"on\" or \"off\"");
    }

    private Optional<String> environment(Word word) {
        environment.add(word.text());
        return word.text().indexOf('=') > 0 ? Optional.empty() : Optional.of("a name and a value, such as env=DEBUG=1");
    }

    private Optional<String> health(Word word) {
        health = Optional.of(new Application.HealthCheck(word.text(), USUAL_PROBE, word.span()));
        return word.text().startsWith("/") ? Optional.empty() : Optional.of("a path such as /health");
    }

    private Optional<String> scriptName(Word word) {
        scriptName = word.text();
        boolean isGood = scriptName.startsWith("/") && !scriptName.endsWith("/");
        return isGood ? Optional.empty() : Optional.of("a path such as /app, without a slash at its end");
    }

    private static Reader word(String what, Taker<Word> taker) {
        return (draft, word) -> {
            if (word.text().isEmpty()) {
                return Optional.of(what);
            }
            taker.take(draft, word);
            return Optional.empty();
        };
    }

    private static Reader number(int least, Taker<Integer> taker) {
        return read(
                text -> Numbers.parseInt(text).filter(number -> number >= least),
                least == 0 ? "a number" : "a number, at least " + least,
                taker);
    }

    private static Reader time(Taker<Duration> taker) {
        return read(Times::millis, "a time such as 30s, 1m or 500ms", taker);
    }

    private static <T> Reader read(Function<String, Optional<T>> parse, String expected, Taker<T> taker) {
        return (draft, word) -> {
            Optional<T> value = parse.apply(word.text());
            value.ifPresent(good -> taker.take(draft, good));
            return value.isPresent() ? Optional.empty() : Optional.of(expected);
        };
    }
}
