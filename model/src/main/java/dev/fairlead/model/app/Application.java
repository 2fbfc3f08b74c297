package dev.fairlead.model.app;

import dev.fairlead.model.service.execution.Execution;
import dev.fairlead.model.service.execution.Named;
import dev.fairlead.source.Span;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/// A Python application and the workers that answer its requests.
///
/// @param name unique in a plan; what `fairlead deploy` and messages call it
/// @param target `MODULE`, `MODULE:NAME` or `MODULE:factory(ARGS)`, as gunicorn reads it
/// @param kind how a worker runs requests
/// @param workers processes at the start, at least one
/// @param threads requests that one worker of [WorkerKind#THREADS] runs at once
/// @param connections requests that one worker of [WorkerKind#GEVENT], [WorkerKind#EVENTLET] or [WorkerKind#ASGI]
/// runs at once
/// @param preload whether it is imported once, before workers are forked, instead of by each of them
/// @param surroundings where and as whom it runs
/// @param recycling when a worker is replaced
/// @param timeouts bounds in time
/// @param health a request that a new worker has to answer before others get to it
/// @param waiting requests that wait while no worker is free
/// @param requests how its requests are presented to it
/// @param settings further settings by gunicorn's names, for the Python side, as text
/// @param configuration a Python file with settings and hooks, which the Python side runs again in every
///     generation
public record Application(
        String name,
        String target,
        WorkerKind kind,
        int workers,
        int threads,
        int connections,
        boolean preload,
        Surroundings surroundings,
        Recycling recycling,
        WorkerTimeouts timeouts,
        Optional<HealthCheck> health,
        WaitingRoom waiting,
        RequestView requests,
        Map<String, String> settings,
        Optional<String> configuration,
        Span origin) {
    public Application {
        settings = Map.copyOf(settings);
    }

    /// Where and as whom an application's processes run.
    ///
    /// @param python the interpreter; empty to look for a virtual environment and then on the path
    /// @param directory absolute; the working directory and first on the module path
    /// @param pythonPath folders added to the module path
    /// @param environment `NAME=value`, added to the program's own; all there is where a service is stood for
    /// @param service limits, groups and the like of the service it stands for, if it stands for one
    /// @param user empty for the program's own
    /// @param umask bits new files shall not have; empty for the program's own
    public record Surroundings(
            Optional<String> python,
            String directory,
            List<String> pythonPath,
            List<String> environment,
            Optional<Execution> service,
            Optional<Named> user,
            Optional<Named> group,
            OptionalInt umask) {
        public Surroundings {
            pythonPath = List.copyOf(pythonPath);
            environment = List.copyOf(environment);
        }
    }

    /// When a worker is replaced by a new one.
    ///
    /// @param maxRequests requests after which; 0 for no limit
    /// @param jitter a random number up to this is added for each worker
    /// @param residentBytes memory in bytes above which; 0 for no limit
    public record Recycling(long maxRequests, long jitter, long residentBytes) {
        public static final Recycling NEVER = new Recycling(0, 0, 0);
    }

    /// A request every new worker has to answer with a status below 400.
    ///
    /// @param path with its query
    public record HealthCheck(String path, Duration timeout, Span origin) {}

    /// Requests that wait while no worker is free.
    ///
    /// @param longest most requests that wait; those beyond are answered 503 with Retry-After
    /// @param timeout how long one waits before it is answered 503
    public record WaitingRoom(int longest, Duration timeout) {
        public static final WaitingRoom DEFAULT = new WaitingRoom(2048, Duration.ofSeconds(30));
    }
}
