package dev.fairlead.process.supervisor;

import dev.fairlead.model.service.Job;
import dev.fairlead.model.service.Service;
import dev.fairlead.model.service.execution.Command;
import dev.fairlead.model.service.execution.EnvironmentSource;
import dev.fairlead.model.service.lifecycle.Signal;
import dev.fairlead.os.MasterLoop;
import dev.fairlead.os.OsException;
import dev.fairlead.os.ProcessTable;
import dev.fairlead.os.Processes;
import dev.fairlead.process.baton.Baton;
import dev.fairlead.process.events.JobInstance;
import dev.fairlead.process.state.Ending;
import dev.fairlead.process.supervisor.launch.StartFailure;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Stream;

/// The processes of one instance of a job. The surroundings of commands are those of a service, so for them the
/// job is one.
final class JobProcesses {
    private final Host host;
    private final EventBoard board;
    private final JobInstance instance;
    private final ServiceProcesses processes;
    private Optional<MasterLoop.Timer> deadline = Optional.empty();
    private Optional<ForkWatch> forks = Optional.empty();

    JobProcesses(Host host, EventBoard board, JobInstance instance) {
        this.host = host;
        this.board = board;
        this.instance = instance;
        this.processes = new ServiceProcesses(host, () -> {});
        processes.renew();
    }

    /// @return the new process; empty if it could not be started
    OptionalInt run(Job.Part process, Command command, Map<String, String> variables) {
        boolean isMain = process == Job.Part.MAIN;
        int[] started = new int[1];
        try {
            processes.launch(
                    service(variables),
                    located(command, variables),
                    Map.of(),
                    isMain,
                    ending -> ended(process, started[0], ending));
        } catch (StartFailure failure) {
            host.say(instance.job().name(), instance.title() + ": " + failure.getMessage());
            return OptionalInt.empty();
        }
        int pid = processes.newest();
        started[0] = pid;
        if (isMain) {
            forks = ForkWatch.of(instance.job().readiness(), pid, host, this);
        }
        return OptionalInt.of(pid);
    }

    /// A bare name is looked for on the job's own path first.
    private static Command located(Command command, Map<String, String> variables) {
        if (command.program().contains("/")) {
            return command;
        }
        return Stream.of(variables.getOrDefault("PATH", "").split(":", -1))
                .filter(folder -> folder.startsWith("/"))
                .map(folder -> Path.of(folder, command.program()))
                .filter(Files::isExecutable)
                .findFirst()
                .map(found -> command.program(found.toString()))
                .orElse(command);
    }

    private void ended(Job.Part process, int pid, Ending ending) {
        if (process == Job.Part.MAIN) {
            if (forks.filter(watch -> watch.takesEnd(pid, ending)).isPresent()) {
                return;
            }
            mainEnded(ending);
        } else {
            board.ended(instance, process, ending);
        }
    }

    private void mainEnded(Ending ending) {
        forks.ifPresent(ForkWatch::close);
        forks = Optional.empty();
        deadline.ifPresent(MasterLoop.Timer::cancel);
        deadline = Optional.empty();
        board.ended(instance, Job.Part.MAIN, ending);
    }

    /// The first process has ended and left nothing behind that could be the main one.
    void nothingLeft(Ending ending) {
        mainEnded(ending);
    }

    /// The main process is up.
    void ready(int pid) {
        forks.ifPresent(ForkWatch::close);
        forks = Optional.empty();
        try {
            if (processes.main().filter(current -> current == pid).isEmpty()) {
                processes.adoptMain(pid, this::mainEnded);
            }
            board.engine().ready(instance, pid);
        } catch (OsException gone) {
            mainEnded(new Ending.Exited(0));
        }
    }

    void save(Baton part) {
        processes.save(part.add("processes"));
    }

    void resume(Baton part) {
        processes.resume(part.part("processes"), this::mainEnded);
    }

    /// A process that the first one left behind.
    Optional<Integer> leftBehind() {
        return processes.leftBehind().stream().findFirst();
    }

    void say(String message) {
        host.say(instance.job().name(), instance.title() + " " + message);
    }

    /// Asks the main process and its group to end, and ends them when their time is up.
    void end() {
        deadline.ifPresent(MasterLoop.Timer::cancel);
        signalMain(instance.job().killSignal());
        deadline = Optional.of(host.loop().schedule(instance.job().killTimeout(), () -> signalMain(Signal.KILL)));
    }

    /// @return whether there is a main process
    boolean signalMain(Signal signal) {
        Optional<Integer> main =
                Optional.ofNullable(instance.running().get(Job.Part.MAIN)).or(processes::main);
        main.ifPresent(pid -> {
            OptionalInt group = ProcessTable.groupOf(pid);
            boolean isSent = group.isPresent() && Processes.signalGroup(group.getAsInt(), signal.number());
            if (!isSent) {
                Processes.signal(pid, signal.number());
            }
        });
        return main.isPresent();
    }

    /// Sends a signal to the main process alone.
    boolean tell(Signal signal) {
        Optional<Integer> main = Optional.ofNullable(instance.running().get(Job.Part.MAIN));
        main.ifPresent(pid -> Processes.signal(pid, signal.number()));
        return main.isPresent();
    }

    void signalAll(Signal signal) {
        processes.signalAll(signal.number());
    }

    void killAll() {
        processes.signalAll(Signal.KILL.number());
    }

    boolean watches(int pid) {
        return processes.watches(pid);
    }

    List<ProcessTable.Row> among(List<ProcessTable.Row> all) {
        return processes.among(all);
    }

    private Service service(Map<String, String> variables) {
        Job job = instance.job();
        List<EnvironmentSource> environment = variables.entrySet().stream()
                .map(variable -> (EnvironmentSource)
                        new EnvironmentSource.Variable(variable.getKey(), variable.getValue(), job.origin()))
                .toList();
        return job.asService(job.execution().environment(environment));
    }
}
