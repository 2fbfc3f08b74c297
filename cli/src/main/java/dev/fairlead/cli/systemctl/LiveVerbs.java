package dev.fairlead.cli.systemctl;

import dev.fairlead.dialect.systemd.install.UnitPath;
import dev.fairlead.time.Clock;
import java.io.PrintStream;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.locks.LockSupport;

/// The verbs that are about a running stack.
final class LiveVerbs {
    private static final int NOT_RUNNING = 3;
    private static final Set<String> NAMING_UNITS = Set.of(
            "start",
            "stop",
            "restart",
            "reload",
            "try-restart",
            "reload-or-restart",
            "try-reload-or-restart",
            "kill",
            "reset-failed",
            "isolate",
            "is-active",
            "is-failed",
            "status",
            "show");
    /// Those that bring up a supervisor for a root that has none.
    private static final Set<String> STARTING = Set.of("start", "restart", "reload-or-restart", "isolate");
    private static final Duration LOOK_AGAIN = Duration.ofMillis(100);

    private final Arguments arguments;
    private final Stacks stacks;
    private final UnitPath path;
    private final Clock clock;
    private final PrintStream out;
    private final PrintStream err;

    LiveVerbs(Arguments arguments, Stacks stacks, UnitPath path, Clock clock, PrintStream out, PrintStream err) {
        this.arguments = arguments;
        this.stacks = stacks;
        this.path = path;
        this.clock = clock;
        this.out = out;
        this.err = err;
    }

    int run() throws Fault {
        if (NAMING_UNITS.contains(arguments.verb()) && !arguments.isQuiet()) {
            Names.changed(arguments.operands()).forEach(err::println);
        }
        return switch (arguments.verb()) {
            case "is-active", "is-failed", "is-system-running" -> claim();
            case "list-units" -> new UnitList(arguments, loaded(), out).run();
            case "list-sockets" -> starters().sockets();
            case "list-timers" -> starters().timers();
            case "list-dependencies" -> new UnitRelations(arguments, loaded(), out).run();
            case "list-jobs" -> manager().jobs();
            case "cancel" -> manager().cancel();
            case "show-environment" -> manager().showEnvironment();
            case "set-environment" -> manager().changeEnvironment(true);
            case "unset-environment" -> manager().changeEnvironment(false);
            case "import-environment" -> manager().importEnvironment();
            case "show" -> {
                RunningStack stack = stacks.running();
                Map<String, String> jobs = new HashMap<>();
                stack.jobs().forEach(job -> jobs.put(job.getOrDefault("unit", ""), job.getOrDefault("job", "")));
                yield new UnitShow(arguments, stack, loaded(stack), jobs, out).run();
            }
            case "status" -> {
                RunningStack stack = stacks.running();
                yield new UnitState(arguments, stack, loaded(stack), clock.wallMillis(), out, err).run();
            }
            case "daemon-reload", "daemon-reexec" -> reload();
            case "reset-failed" -> resetFailed();
            default -> act();
        };
    }

    private StarterList starters() throws Fault {
        return new StarterList(arguments, loaded(), clock.wallMillis() * 1000, out);
    }

    private Loaded loaded() throws Fault {
        return loaded(stacks.running());
    }

    private Loaded loaded(RunningStack stack) throws Fault {
        return new Loaded(stack.units(), path);
    }

    private ManagerVerbs manager() throws Fault {
        return new ManagerVerbs(arguments, stacks.running(), new TreeMap<>(System.getenv()), out, err);
    }

    private int act() throws Fault {
        boolean starts = STARTING.contains(arguments.verb());
        RunningStack stack = starts ? stacks.started() : stacks.running();
        return new UnitActions(arguments, stack, loaded(stack), err).run();
    }

    /// Starts or stops what was enabled or disabled with `--now`.
    ///
    /// @param names full names
    int now(String verb, List<String> names) throws Fault {
        RunningStack stack = verb.equals("start") ? stacks.started() : stacks.running();
        return new UnitActions(arguments, stack, loaded(stack), err).run(verb, names);
    }

    private int claim() throws Fault {
        boolean runs = stacks.socket().isPresent();
        Loaded loaded = runs ? loaded() : new Loaded(List.of(), path);
        if (arguments.verb().equals("is-system-running")) {
            if (runs && arguments.has("wait")) {
                awaitStart(stacks.running());
            }
            String state = runs ? SystemState.of(stacks.running(), loaded()) : "offline";
            say(state);
            return state.equals("running") ? 0 : 1;
        }
        boolean isActive = arguments.verb().equals("is-active");
        boolean any = false;
        for (String name : loaded.names(arguments)) {
            Properties unit = loaded.any(name);
            say(unit.activity());
            any |= isActive ? unit.isUp() : unit.activity().equals("failed");
        }
        int otherwise = isActive ? NOT_RUNNING : 1;
        return any ? 0 : otherwise;
    }

    private static void awaitStart(RunningStack stack) throws Fault {
        while (!stack.hasSettled()) {
            LockSupport.parkNanos(LOOK_AGAIN.toNanos());
        }
    }

    private void say(String word) {
        if (!arguments.isQuiet()) {
            out.println(word);
        }
    }

    private int reload() throws Fault {
        RunningStack.Reply reply = stacks.running().post("/reload");
        if (!reply.isDone()) {
            throw new Fault("Failed to reload daemon: " + reply.message());
        }
        return 0;
    }

    private int resetFailed() throws Fault {
        RunningStack stack = stacks.running();
        Loaded loaded = loaded(stack);
        UnitActions actions = new UnitActions(arguments, stack, loaded, err);
        Optional<List<String>> all = arguments.operands().isEmpty()
                ? Optional.of(loaded.units().stream()
                        .filter(unit -> unit.activity().equals("failed"))
                        .map(Properties::id)
                        .toList())
                : Optional.empty();
        return all.isPresent() ? actions.run("reset-failed", all.get()) : actions.run();
    }
}
