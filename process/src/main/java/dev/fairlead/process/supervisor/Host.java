package dev.fairlead.process.supervisor;

import dev.fairlead.os.MasterLoop;
import dev.fairlead.process.journal.Journal;
import dev.fairlead.process.supervisor.launch.Captures;
import dev.fairlead.process.supervisor.launch.DeathWatch;
import dev.fairlead.process.supervisor.launch.Launcher;
import dev.fairlead.process.supervisor.launch.ManagerVariables;
import dev.fairlead.process.supervisor.launch.Scans;
import dev.fairlead.process.supervisor.launch.Spawner;
import dev.fairlead.time.Clock;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

/// What the runners of a supervisor share.
///
/// @param notifySocket the name of the socket services report on
/// @param captures what services print
/// @param deathWatch ends services when the supervisor does
/// @param changed is told of every step a unit takes, with the message about it; on the loop
/// @param restartDue is told of a unit that has been down for as long as it should before it comes back
/// @param dependencyFailed is told of a unit that was not started because of another
/// @param beforeEnding is called before the end of a process is acted upon: what it said last comes first
/// @param spawner starts main processes
/// @param scans looks for processes
/// @param triggers what units have to do with each other besides their dependencies
/// @param variables what every service finds in its environment
/// @param quiet the moment in which there is nothing to do with any unit
/// @param born when the supervisor was started
record Host(
        MasterLoop loop,
        Clock clock,
        Journal journal,
        SupervisorOptions options,
        String notifySocket,
        Captures captures,
        DeathWatch deathWatch,
        BiConsumer<UnitRunner, UnitChange> changed,
        Consumer<String> restartDue,
        Consumer<String> dependencyFailed,
        Runnable beforeEnding,
        Spawner spawner,
        Scans scans,
        Triggers triggers,
        ManagerVariables variables,
        Quiet quiet,
        Born born)
        implements Launcher.Means {
    private static final String IDENTIFIER = "fairlead";
    private static final int SELF = (int) ProcessHandle.current().pid();

    @Override
    public boolean isTrial() {
        return options.isTrial();
    }

    @Override
    public boolean childrenDieWithIt() {
        return options.childrenDieWithIt();
    }

    @Override
    public Set<Path> socketPaths() {
        return triggers.socketPaths();
    }

    @Override
    public void say(String unit, String message) {
        journal.append(unit, IDENTIFIER, SELF, List.of(message));
    }
}
