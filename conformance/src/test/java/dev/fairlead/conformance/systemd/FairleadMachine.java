package dev.fairlead.conformance.systemd;

import dev.fairlead.dialect.systemd.UnitFolder;
import dev.fairlead.dialect.systemd.name.UnitOptions;
import dev.fairlead.model.control.UnitCommand;
import dev.fairlead.model.service.JobMode;
import dev.fairlead.model.service.TimerUnit;
import dev.fairlead.model.service.Unit;
import dev.fairlead.model.service.UnitSet;
import dev.fairlead.model.service.lifecycle.Signal;
import dev.fairlead.model.status.UnitStatus;
import dev.fairlead.os.OsException;
import dev.fairlead.os.Processes;
import dev.fairlead.process.journal.Journal;
import dev.fairlead.process.journal.JournalLimits;
import dev.fairlead.process.supervisor.Supervisor;
import dev.fairlead.process.supervisor.SupervisorOptions;
import dev.fairlead.source.Problems;
import dev.fairlead.testkit.Deadline;
import dev.fairlead.time.Clock;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/// The same units under Fairlead's supervisor, and the same asked of it.
final class FairleadMachine {
    /// Each look at the states is one at all processes of the machine.
    private static final long PAUSE_NANOS = 30_000_000;

    private final Path folder;
    private final Supervisor supervisor;

    private FairleadMachine(Path folder, Supervisor supervisor) {
        this.folder = folder;
        this.supervisor = supervisor;
    }

    /// Runs all cases, so many of them beside each other; each that comes to its end leaves a file `NAME.out`.
    static void run(Path folder, List<BehaviourCase> cases, int atOnce) throws IOException, OsException {
        for (BehaviourCase one : cases) {
            one.write(folder);
        }
        UnitSet read = UnitFolder.load(folder, UnitOptions.here(), new Problems());
        // What timers remember stays in the folder.
        List<Unit> placed =
                read.units().stream().map(unit -> placed(unit, folder)).toList();
        UnitSet units =
                new UnitSet(placed, Set.of(), name -> read.onDemand().unit(name).map(unit -> placed(unit, folder)));
        try (Journal journal = Journal.inMemory(JournalLimits.DEFAULT, Clock.system());
                Supervisor supervisor =
                        Supervisor.start(units, SupervisorOptions.DEFAULT, Clock.system(), journal, change -> {})) {
            FairleadMachine machine = new FairleadMachine(folder, supervisor);
            try (ExecutorService pool = Executors.newFixedThreadPool(atOnce)) {
                cases.forEach(one -> pool.execute(() -> machine.run(one)));
            }
            await(supervisor.stopAll());
        }
    }

    private static Unit placed(Unit unit, Path folder) {
        if (!(unit instanceof TimerUnit timer)) {
            return unit;
        }
        return new TimerUnit(
                timer.name(),
                timer.description(),
                timer.dependencies(),
                timer.rules(),
                timer.elapses(),
                timer.starts(),
                timer.spread(),
                timer.spreadIsFixed(),
                timer.stamp().map(stamp -> folder.resolve(stamp.getFileName())),
                timer.remains(),
                timer.sources(),
                timer.origin());
    }

    private void run(BehaviourCase one) {
        StringBuilder out = new StringBuilder();
        try {
            for (String step : one.steps()) {
                step(one, step.split(" ", -1), out);
            }
            for (String unit : one.unitNames()) {
                settle(unit);
                UnitStatus status = status(unit);
                out.append(unit).append(' ').append(state(unit));
                // systemd forgets about units that are down without having failed.
                boolean isTold = !state(unit).startsWith("inactive") && !unit.endsWith(".target");
                out.append(isTold ? " " + status.result() : "");
                out.append(isTold && unit.endsWith(".service") ? " " + status.restarts() : "")
                        .append('\n');
            }
            out.append(Files.readString(one.log(folder)));
            Files.writeString(folder.resolve(one.name() + ".out"), out);
        } catch (IOException unwritable) {
            throw new IllegalStateException(unwritable);
        }
    }

    private void step(BehaviourCase one, String[] words, StringBuilder out) throws IOException {
        switch (words[0]) {
            case "start" -> tell(words, new UnitCommand.Start(words[1]), out);
            case "stop" -> tell(words, new UnitCommand.Stop(words[1]), out);
            case "restart" -> tell(words, new UnitCommand.Restart(words[1]), out);
            case "isolate" -> tell(words, new UnitCommand.Start(words[1], JobMode.ISOLATE), out);
            case "reload" -> tell(words, new UnitCommand.Reload(words[1]), out);
            case "kill" -> {
                int signal = Signal.parse(words[2]).orElseThrow().number();
                status(words[1]).mainPid().ifPresent(pid -> Processes.signal(pid, signal));
            }
            case "until" -> {
                if (!comes(() -> state(words[1]).equals(words[2]))) {
                    out.append(words[1]).append(" is not ").append(words[2]).append('\n');
                }
            }
            case "lines" -> {
                int count = Integer.parseInt(words[1]);
                comes(() -> lines(one).size() >= count);
                if (words.length > 2) {
                    Files.write(one.log(folder), lines(one).stream().sorted().toList());
                }
            }
            case "run" -> out.append(run(one, String.join(" ", words).substring("run ".length())));
            default -> throw new IllegalArgumentException(words[0]);
        }
    }

    private String run(BehaviourCase one, String command) throws IOException {
        String placed = one.placed(command, folder).replace("@stamps", folder.toString());
        Process shell = new ProcessBuilder("/bin/bash", "-c", placed)
                .redirectErrorStream(true)
                .start();
        return new String(shell.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }

    private List<String> lines(BehaviourCase one) {
        try {
            return Files.readAllLines(one.log(folder));
        } catch (IOException unreadable) {
            throw new IllegalStateException(unreadable);
        }
    }

    private static boolean comes(BooleanSupplier claim) {
        Deadline deadline = Deadline.inSeconds(SystemdMachine.PATIENCE);
        boolean hasCome = claim.getAsBoolean();
        while (!hasCome && !deadline.passed()) {
            LockSupport.parkNanos(PAUSE_NANOS);
            hasCome = claim.getAsBoolean();
        }
        return hasCome;
    }

    private void tell(String[] words, UnitCommand command, StringBuilder out) {
        boolean done = await(supervisor.execute(command)).succeeded();
        out.append(words[0]).append(' ').append(words[1]).append(done ? " ok\n" : " failed\n");
    }

    private void settle(String unit) {
        comes(() -> switch (status(unit).activity()) {
            case ACTIVATING, DEACTIVATING, RELOADING -> false;
            case ACTIVE, INACTIVE, FAILED -> true;
        });
    }

    private String state(String unit) {
        UnitStatus status = status(unit);
        return status.activity().word() + "/" + status.subState();
    }

    private UnitStatus status(String unit) {
        return await(supervisor.status()).stream()
                .filter(status -> status.name().equals(unit))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("no unit " + unit));
    }

    private static <T> T await(CompletionStage<T> stage) {
        try {
            return stage.toCompletableFuture().get(4 * SystemdMachine.PATIENCE, TimeUnit.SECONDS);
        } catch (InterruptedException | ExecutionException | TimeoutException failed) {
            throw new IllegalStateException(failed);
        }
    }
}
