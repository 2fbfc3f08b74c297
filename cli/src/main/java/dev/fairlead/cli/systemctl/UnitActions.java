package dev.fairlead.cli.systemctl;

import dev.fairlead.model.service.lifecycle.Signal;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/// The verbs that change what runs: `start`, `stop`, `restart` and their kin.
///
/// All units are told at once and then waited for. What is refused is said first; the status is that of the
/// first refusal, or 1 where what was begun has failed.
final class UnitActions {
    private static final int NOT_APPLICABLE = 3;
    private static final int NOT_ALLOWED = 4;
    private static final int NOT_FOUND = 5;

    private final Arguments arguments;
    private final RunningStack stack;
    private final Loaded loaded;
    private final PrintStream err;

    UnitActions(Arguments arguments, RunningStack stack, Loaded loaded, PrintStream err) {
        this.arguments = arguments;
        this.stack = stack;
        this.loaded = loaded;
        this.err = err;
    }

    /// What one unit is told.
    ///
    /// @param command as the control socket knows it
    /// @param verb as messages have it
    private record Wish(Properties unit, String command, String verb) {
        boolean isJob() {
            return !command.startsWith("kill") && !command.equals("reset-failed");
        }
    }

    private record Told(Wish wish, RunningStack.Reply reply) {}

    int run() throws Fault {
        List<String> names = loaded.names(arguments);
        boolean isPattern = names.isEmpty() && !arguments.operands().isEmpty();
        if (isPattern && arguments.verb().equals("start") && !arguments.isQuiet()) {
            err.println("Warning: systemctl start called with a glob pattern.");
            err.println("Hint: unit globs expand to loaded units, so start will usually have no effect.");
            err.println("      Passing --all will also load units which are pulled in by other units.");
            err.println("      See systemctl(1) for more details.");
        }
        boolean isIsolate = arguments.verb().equals("isolate");
        return run(
                arguments.verb(),
                isIsolate ? List.of(Names.pattern(arguments.operands().getFirst(), ".target")) : names);
    }

    int run(String verb, List<String> names) throws Fault {
        int refused = 0;
        List<Wish> wishes = new ArrayList<>();
        for (String name : names) {
            Properties unit = loaded.any(name);
            Wish wish = wish(verb, unit);
            boolean isKept = wish.command().isEmpty() && unit.isLoaded();
            Optional<String> fault = verb.equals("kill") ? wrongWhom() : Optional.empty();
            if (fault.isPresent()) {
                err.println("Failed to kill unit " + name + ": " + fault.get());
                refused = 1;
                continue;
            }
            boolean isMasked =
                    unit.text("LoadState").equals("masked") && !wish.command().equals("stop");
            if (isMasked && wish.isJob()) {
                err.println("Failed to " + wish.verb() + " " + name + ": Unit " + name + " is masked.");
                refused = refused == 0 ? 1 : refused;
            } else if (!isKept) {
                wishes.add(wish);
            }
        }
        List<Told> told = tell(wishes);
        for (Told one : told) {
            int status = refusal(one);
            refused = refused == 0 ? status : refused;
        }
        boolean hasFailed = false;
        for (Told one : told) {
            if (one.reply().hasFailed()) {
                explain(one.wish().unit().id(), one.reply().message());
                hasFailed = true;
            }
        }
        int status = hasFailed ? 1 : refused;
        boolean waits = arguments.has("wait") && List.of("start", "restart").contains(verb);
        return status == 0 && waits ? new UnitEnds(stack).await(names) : status;
    }

    private List<Told> tell(List<Wish> wishes) throws Fault {
        List<CompletableFuture<Told>> pending = new ArrayList<>();
        List<Told> told = new ArrayList<>();
        try (ExecutorService each = Executors.newVirtualThreadPerTaskExecutor()) {
            for (Wish wish : wishes) {
                pending.add(CompletableFuture.supplyAsync(() -> tell(wish), each));
            }
            pending.forEach(one -> told.add(one.join()));
            return told;
        } catch (CompletionException failed) {
            throw failed.getCause() instanceof FaultInTask fault
                    ? fault.fault
                    : new Fault(String.valueOf(failed.getMessage()));
        }
    }

    /// Carries a fault out of a task.
    private static final class FaultInTask extends RuntimeException {
        private static final long serialVersionUID = 1L;
        private final transient Fault fault;

        FaultInTask(Fault fault) {
            super(fault);
            this.fault = fault;
        }
    }

    private Told tell(Wish wish) {
        try {
            String name = wish.unit().id();
            if (wish.command().isEmpty()) {
                return new Told(wish, new RunningStack.Reply(404, ""));
            }
            RunningStack.Reply reply = stack.unit(name, wish.command());
            if (reply.isUnknown() && wish.unit().isLoaded()) {
                // Written since the stack read its files: they are read again, as for every unit systemd does not know.
                stack.post("/reload");
                reply = stack.unit(name, wish.command());
            }
            return new Told(wish, reply);
        } catch (Fault fault) {
            throw new FaultInTask(fault);
        }
    }

    private Wish wish(String verb, Properties unit) throws Fault {
        return switch (verb) {
            case "start" -> new Wish(unit, job("start"), verb);
            case "stop" -> new Wish(unit, job("stop"), verb);
            case "restart" -> new Wish(unit, job("restart"), verb);
            case "reload" -> new Wish(unit, job("reload"), "reload");
            case "try-restart", "condrestart" -> new Wish(unit, unit.isUp() ? job("restart") : "", "try-restart");
            case "reload-or-restart" -> new Wish(unit, job(canReload(unit) ? "reload" : "restart"), verb);
            case "try-reload-or-restart", "reload-or-try-restart", "force-reload" ->
                new Wish(unit, unit.isUp() ? job(canReload(unit) ? "reload" : "restart") : "", "reload-or-try-restart");
            case "isolate" ->
                new Wish(unit, "start?mode=isolate" + (arguments.has("no-block") ? "&wait=0" : ""), "start");
            case "reset-failed" -> new Wish(unit, "reset-failed", "reset failed state of unit");
            case "kill" -> new Wish(unit, kill(), "kill unit");
            default -> throw new Fault("Unknown command verb " + verb + ".");
        };
    }

    private String job(String command) {
        List<String> query = new ArrayList<>();
        arguments.value("job-mode").ifPresent(mode -> query.add("mode=" + RunningStack.encoded(mode)));
        if (arguments.has("no-block")) {
            query.add("wait=0");
        }
        return command + (query.isEmpty() ? "" : "?" + String.join("&", query));
    }

    private static boolean canReload(Properties unit) {
        return unit.isUp() && unit.text("CanReload").equals("yes");
    }

    private String kill() throws Fault {
        String signal = arguments.value("signal").orElse("TERM");
        if (Signal.parse(signal).isEmpty()) {
            throw new Fault("Failed to parse signal string \"" + signal + "\".");
        }
        return "kill?signal=" + RunningStack.encoded(signal) + "&whom=" + RunningStack.encoded(whom());
    }

    private Optional<String> wrongWhom() {
        boolean isKnown = List.of("all", "main", "control").contains(whom());
        return isKnown ? Optional.empty() : Optional.of("Invalid who argument " + whom());
    }

    private String whom() {
        return arguments
                .value("kill-whom")
                .or(() -> arguments.value("kill-who"))
                .orElse("all");
    }

    /// Says why a unit was not told what it was to be told.
    ///
    /// @return 0 where it was
    private int refusal(Told told) {
        RunningStack.Reply reply = told.reply();
        String name = told.wish().unit().id();
        String failed = "Failed to " + told.wish().verb() + " " + name + ": ";
        if (reply.isDone() || reply.hasFailed()) {
            return 0;
        }
        if (reply.isUnknown()) {
            boolean isDown = !told.wish().isJob() || told.wish().command().startsWith("stop");
            err.println(failed + "Unit " + name + (isDown ? " not loaded." : " not found."));
            return told.wish().isJob() ? NOT_FOUND : 1;
        }
        err.println(failed + reply.message());
        if (!told.wish().isJob()) {
            return 1;
        }
        if (reply.message().startsWith("Job type ")) {
            return NOT_APPLICABLE;
        }
        err.println("See system logs and 'systemctl status " + name + "' for details.");
        boolean isForbidden = reply.message().startsWith("Operation refused")
                || reply.message().contains(" is destructive ");
        return isForbidden ? NOT_ALLOWED : 1;
    }

    /// Says why what was begun has not been done.
    private void explain(String name, String message) throws Fault {
        if (message.startsWith("Dependency failed")) {
            err.println("A dependency job for " + name + " failed. See 'journalctl -xe' for details.");
        } else if (message.startsWith("Failed to ")) {
            String result = new Loaded(stack.units(), loaded.path()).any(name).text("Result");
            err.println("Job for " + name + " failed because " + reason(result) + ".");
            err.println("See \"systemctl status " + name + "\" and \"journalctl -xeu " + name + "\" for details.");
            if (result.equals("start-limit-hit")) {
                err.println("To force a start use \"systemctl reset-failed " + name + "\"");
                err.println("followed by \"systemctl start " + name + "\" again.");
            }
        } else {
            err.println(message);
        }
    }

    private static String reason(String result) {
        return switch (result) {
            case "timeout" -> "a timeout was exceeded";
            case "exit-code" -> "the control process exited with error code";
            case "signal" -> "a fatal signal was delivered to the control process";
            case "core-dump" -> "a fatal signal was delivered causing the control process to dump core";
            case "watchdog" -> "the service failed to send watchdog ping";
            case "start-limit-hit" -> "start of the service was attempted too often";
            case "protocol" -> "the service did not take the steps required by its unit configuration";
            default -> "of unavailable resources or another system error";
        };
    }
}
