package dev.fairlead.process.supervisor;

import dev.fairlead.model.service.Service;
import dev.fairlead.model.service.execution.Command;
import dev.fairlead.model.service.execution.Commands;
import dev.fairlead.model.service.lifecycle.Signal;
import dev.fairlead.model.service.lifecycle.Startup;
import dev.fairlead.model.status.UnitStatus.Activity;
import dev.fairlead.os.ProcessTable;
import dev.fairlead.os.Processes;
import dev.fairlead.process.state.Action.Step;
import dev.fairlead.process.state.Ending;
import dev.fairlead.process.state.Event;
import dev.fairlead.process.state.Phase;
import dev.fairlead.process.state.Result;
import dev.fairlead.process.supervisor.launch.StartFailure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/// Runs the command lines around a service's main process, and tells its table what became of them.
final class StepCommands {
    private static final Duration PID_FILE_PAUSE = Duration.ofMillis(50);
    private static final Duration REST_PAUSE = Duration.ofMillis(300);
    private static final int GUESSES = 5;
    private static final int CONDITION_ERROR = 255;

    private final ServiceRunner runner;
    private final Host host;
    private final ServiceProcesses processes;
    private Optional<CommandRun> current = Optional.empty();
    private int guessesLeft;

    StepCommands(ServiceRunner runner, Host host, ServiceProcesses processes) {
        this.runner = runner;
        this.host = host;
        this.processes = processes;
    }

    void run(Step step) {
        Service service = runner.service();
        List<Command> commands = commands(service.commands(), step);
        if (step == Step.RELOAD && service.startup() == Startup.NOTIFY_RELOAD && commands.isEmpty()) {
            askToReload(service);
            return;
        }
        CommandRun run = new CommandRun(
                commands,
                (command, whenEnded) -> start(step, command, whenEnded),
                ending -> judge(service, step, ending),
                event -> finished(step, event));
        current = Optional.of(run);
        run.next();
    }

    private void askToReload(Service service) {
        runner.reloadAsked();
        processes
                .main()
                .ifPresent(pid ->
                        Processes.signal(pid, service.kill().reloadSignal().number()));
    }

    void abandon() {
        current.ifPresent(CommandRun::abandon);
        current = Optional.empty();
    }

    private void start(Step step, Command command, Consumer<Ending> whenEnded) throws StartFailure {
        boolean isMain = step == Step.START && runner.service().startup() == Startup.ONESHOT;
        try {
            processes.launch(runner.service(), command, told(step), isMain, ending -> {
                runner.exited(isMain ? "Main" : "Control", ending);
                whenEnded.accept(ending);
            });
        } catch (StartFailure failure) {
            runner.failed(failure);
            throw failure;
        }
    }

    /// Stop commands are told how the service ended.
    private Map<String, String> told(Step step) {
        Map<String, String> told = new HashMap<>();
        if (step == Step.STOP || step == Step.STOP_POST) {
            told.put("SERVICE_RESULT", runner.state().result().word());
            runner.state().lastEnding().ifPresent(ending -> {
                switch (ending) {
                    case Ending.Exited exited -> {
                        told.put("EXIT_CODE", "exited");
                        told.put("EXIT_STATUS", Integer.toString(exited.code()));
                    }
                    case Ending.Killed killed -> {
                        told.put("EXIT_CODE", killed.dumpedCore() ? "dumped" : "killed");
                        told.put("EXIT_STATUS", new Signal(killed.signal()).shortName());
                    }
                }
            });
        }
        return told;
    }

    private static Result judge(Service service, Step step, Ending ending) {
        if (step == Step.CONDITION) {
            return switch (ending) {
                case Ending.Exited exited when exited.code() > 0 && exited.code() < CONDITION_ERROR -> Result.SKIPPED;
                case Ending.Exited _, Ending.Killed _ -> ending.ofCommand(service);
            };
        }
        return ending.ofCommand(service);
    }

    private void finished(Step step, Event event) {
        current = Optional.empty();
        Service service = runner.service();
        boolean isDone = event instanceof Event.CommandsDone;
        if (isDone && step == Step.START && service.startup() == Startup.FORKING) {
            guessesLeft = GUESSES;
            findDaemon();
        } else if (isDone && step == Step.RELOAD && service.startup() == Startup.NOTIFY_RELOAD) {
            // It says itself when it is ready again.
            askToReload(service);
        } else {
            runner.handle(event);
        }
    }

    /// The daemon's id is in its file, which may be written a moment later than the first process ends; without
    /// a file it is guessed. Either is looked at more than once, because a process that is just executing a
    /// program shows no environment and seems to be nobody's.
    private void findDaemon() {
        Optional<Path> file = runner.service().pidFile();
        boolean guesses = file.isEmpty() && runner.service().guessesMain();
        Optional<Integer> pid = guesses ? onlyOneLeft() : file.flatMap(this::read);
        boolean isAnyLeft = !processes.among(ProcessTable.all()).isEmpty();
        boolean waits = file.isPresent() ? isAnyLeft || guessesLeft-- > 0 : guessesLeft-- > 0;
        if (pid.isPresent()) {
            runner.adoptMain(pid.get());
        } else if (waits && (file.isPresent() || guesses || !isAnyLeft)) {
            host.loop().schedule(PID_FILE_PAUSE, () -> {
                if (runner.state().phase() == Phase.START) {
                    findDaemon();
                }
            });
        } else if (file.isPresent()) {
            host.say(runner.name(), runner.name() + ": no process is left, and none was named in " + file.get() + ".");
            runner.handle(new Event.CommandsFailed(Result.PROTOCOL));
        } else {
            settleWithoutMain(isAnyLeft);
        }
    }

    /// Of several nobody knows which is the main one.
    private Optional<Integer> onlyOneLeft() {
        List<Integer> left = processes.leftBehind();
        return left.size() == 1 ? Optional.of(left.getFirst()) : Optional.empty();
    }

    /// Without a main process it lasts as long as any of its processes does; with none at all it has ended.
    private void settleWithoutMain(boolean isAnyLeft) {
        if (isAnyLeft) {
            runner.handle(new Event.MainStarted());
        }
        runner.handle(new Event.CommandsDone());
        if (isAnyLeft) {
            watchRest();
        }
    }

    /// Whether other processes keep it up now that its main process is gone; they are watched from now on.
    boolean goesOnWithoutMain() {
        boolean goesOn = mayLackMain() && !processes.among(ProcessTable.all()).isEmpty();
        if (goesOn) {
            watchRest();
        }
        return goesOn;
    }

    private boolean mayLackMain() {
        return runner.activity() == Activity.ACTIVE
                || runner.activity() == Activity.RELOADING
                || runner.state().phase() == Phase.START_POST;
    }

    /// Without a main process the service lasts as long as any of its processes does.
    void watchRest() {
        host.loop().schedule(REST_PAUSE, () -> {
            if (!mayLackMain() || processes.main().isPresent()) {
                return;
            }
            if (processes.among(ProcessTable.all()).isEmpty()) {
                Ending last = runner.state().lastEnding().orElse(new Ending.Exited(0));
                runner.handle(new Event.MainEnded(last, Result.SUCCESS));
            } else {
                watchRest();
            }
        });
    }

    /// A file that anybody may have written is believed only about processes of the service.
    private Optional<Integer> read(Path file) {
        try {
            int pid = Integer.parseInt(Files.readString(file).strip());
            boolean isAlive =
                    ProcessTable.of(pid).filter(row -> !row.isZombie()).isPresent();
            boolean isOfRoot = Files.getAttribute(file, "unix:uid").equals(0);
            boolean isSelf = pid == ProcessHandle.current().pid() || pid <= 1;
            if (!isAlive || isSelf) {
                return Optional.empty();
            }
            if (!isOfRoot && !processes.isRelated(pid)) {
                runner.tell("New main PID " + pid + " does not belong to service, and PID file is not owned by root."
                        + " Refusing.");
                return Optional.empty();
            }
            return Optional.of(pid);
        } catch (IOException | NumberFormatException notYet) {
            return Optional.empty();
        }
    }

    private static List<Command> commands(Commands commands, Step step) {
        return switch (step) {
            case CONDITION -> commands.condition();
            case PRE -> commands.pre();
            case START -> commands.start();
            case POST -> commands.post();
            case RELOAD -> commands.reload();
            case STOP -> commands.stop();
            case STOP_POST -> commands.stopPost();
        };
    }
}
