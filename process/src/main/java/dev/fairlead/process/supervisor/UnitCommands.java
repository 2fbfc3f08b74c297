package dev.fairlead.process.supervisor;

import dev.fairlead.model.service.Service;
import dev.fairlead.model.service.SocketUnit;
import dev.fairlead.model.service.execution.Command;
import dev.fairlead.model.service.execution.Commands;
import dev.fairlead.model.service.execution.Handover;
import dev.fairlead.model.service.lifecycle.NotifyAccess;
import dev.fairlead.model.service.lifecycle.RestartPolicy;
import dev.fairlead.model.service.lifecycle.Signal;
import dev.fairlead.model.service.lifecycle.StartLimit;
import dev.fairlead.model.service.lifecycle.Startup;
import dev.fairlead.model.service.lifecycle.Timeouts;
import dev.fairlead.os.MasterLoop;
import dev.fairlead.process.state.Ending;
import dev.fairlead.process.state.Event;
import dev.fairlead.process.supervisor.launch.StartFailure;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/// Runs the commands around the sockets of a unit, one after the other until one fails. The surroundings of
/// commands are those of a service, so for them the unit is one.
final class UnitCommands {
    private final Host host;
    private final ServiceProcesses processes;
    private Optional<CommandRun> current = Optional.empty();
    private Optional<MasterLoop.Timer> limit = Optional.empty();

    UnitCommands(Host host) {
        this.host = host;
        this.processes = new ServiceProcesses(host, () -> {});
    }

    /// @param outcome is told whether all have succeeded, unless they are abandoned
    void run(SocketUnit unit, List<Command> commands, Consumer<Boolean> outcome) {
        if (commands.isEmpty()) {
            outcome.accept(true);
            return;
        }
        Service service = service(unit);
        processes.renew();
        CommandRun run = new CommandRun(
                commands,
                (command, whenEnded) -> start(service, command, whenEnded),
                ending -> ending.ofCommand(service),
                event -> {
                    limit.ifPresent(MasterLoop.Timer::cancel);
                    current = Optional.empty();
                    outcome.accept(event instanceof Event.CommandsDone);
                });
        current = Optional.of(run);
        limit = unit.commands()
                .longest()
                .map(longest -> host.loop().schedule(longest, () -> {
                    host.say(unit.name(), unit.name() + ": a command took too long, killing it.");
                    processes.killCommands(Signal.KILL);
                }));
        run.next();
    }

    private void start(Service service, Command command, Consumer<Ending> whenEnded) throws StartFailure {
        try {
            processes.launch(service, command, Map.of(), false, ending -> {
                if (!ending.equals(new Ending.Exited(0))) {
                    host.say(service.name(), Messages.ending(service.name(), "Control", ending));
                }
                whenEnded.accept(ending);
            });
        } catch (StartFailure failure) {
            host.say(service.name(), service.name() + ": " + failure.getMessage());
            throw failure;
        }
    }

    /// Nobody waits for them any more.
    void abandon() {
        limit.ifPresent(MasterLoop.Timer::cancel);
        current.ifPresent(CommandRun::abandon);
        current = Optional.empty();
        processes.killCommands(Signal.TERM);
    }

    private static Service service(SocketUnit unit) {
        return new Service(
                unit.name(),
                unit.description(),
                unit.dependencies(),
                unit.rules(),
                Startup.ONESHOT,
                false,
                false,
                Optional.empty(),
                true,
                NotifyAccess.NONE,
                new Commands(List.of(), List.of(), List.of(), List.of(), List.of(), List.of(), List.of()),
                unit.execution(),
                RestartPolicy.NEVER,
                StartLimit.DEFAULT,
                Timeouts.DEFAULT,
                unit.kill(),
                Handover.PLAIN,
                unit.sources(),
                unit.origin());
    }
}
