package dev.fairlead.model.service;

import dev.fairlead.model.service.execution.Command;
import dev.fairlead.model.service.execution.Commands;
import dev.fairlead.model.service.execution.Execution;
import dev.fairlead.model.service.execution.Handover;
import dev.fairlead.model.service.lifecycle.ExitSet;
import dev.fairlead.model.service.lifecycle.KillPolicy;
import dev.fairlead.model.service.lifecycle.NotifyAccess;
import dev.fairlead.model.service.lifecycle.RestartPolicy;
import dev.fairlead.model.service.lifecycle.Signal;
import dev.fairlead.model.service.lifecycle.StartLimit;
import dev.fairlead.model.service.lifecycle.Startup;
import dev.fairlead.model.service.lifecycle.Timeouts;
import dev.fairlead.source.Span;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// A program that events start and stop. Its own steps are events again, that others wait for.
///
/// @param startOn what starts it; empty: nothing but a person
/// @param stopOn what stops it; may ask for variables the job was started with
/// @param instance names that tell its instances apart, with `$VARIABLE`; empty: there is one at most
/// @param processes what it runs
/// @param readiness when its main process counts as up
/// @param isTask whether starting it means waiting until it has ended
/// @param respawn whether and how often it comes back when it ends by itself
/// @param normalExits endings of the main process that are no failure and that it does not come back from
/// @param killSignal asks the main process to end
/// @param killTimeout how long it has for that
/// @param reloadSignal asks it to read its configuration again
/// @param exports variables that its own events carry
/// @param execution surroundings of its processes; variables in it are defaults that a starting event overrides
/// @param notes what it says about itself
public record Job(
        String name,
        String description,
        Optional<Trigger> startOn,
        Optional<Trigger> stopOn,
        Optional<String> instance,
        Processes processes,
        Readiness readiness,
        boolean isTask,
        Optional<Respawn> respawn,
        ExitSet normalExits,
        Signal killSignal,
        Duration killTimeout,
        Signal reloadSignal,
        List<String> exports,
        Execution execution,
        Notes notes,
        List<Path> sources,
        Span origin)
        implements Unit {
    public Job {
        exports = List.copyOf(exports);
        sources = List.copyOf(sources);
    }

    /// Neither does it care what is made of units.
    @Override
    public UnitRules rules() {
        return UnitRules.ALOOF;
    }

    /// Events say what it needs.
    @Override
    public Dependencies dependencies() {
        return Dependencies.NONE;
    }

    /// The job as the service it would be: its processes, their surroundings and how they are ended.
    public Service asService(Execution surroundings) {
        return new Service(
                name,
                description,
                Dependencies.NONE,
                UnitRules.NONE,
                Startup.SIMPLE,
                false,
                false,
                Optional.empty(),
                true,
                NotifyAccess.NONE,
                new Commands(
                        List.of(),
                        processes.preStart.stream().toList(),
                        processes.main.stream().toList(),
                        processes.postStart.stream().toList(),
                        List.of(),
                        processes.preStop.stream().toList(),
                        processes.postStop.stream().toList()),
                surroundings,
                RestartPolicy.NEVER,
                StartLimit.DEFAULT,
                Timeouts.DEFAULT,
                new KillPolicy(
                        KillPolicy.Mode.ALL, killSignal, killSignal, Signal.KILL, Signal.ABRT, Signal.HUP, true, false),
                Handover.PLAIN,
                sources,
                origin);
    }

    /// @param main empty: the job stands for a state and counts as running until it is stopped
    /// @param preStart before the main process; a failure stops the job
    /// @param postStart once the main process is up, before the job counts as running
    /// @param preStop before the main process is asked to end; may start the job again and so cancel the stop
    /// @param postStop after the main process has ended
    public record Processes(
            Optional<Command> main,
            Optional<Command> preStart,
            Optional<Command> postStart,
            Optional<Command> preStop,
            Optional<Command> postStop) {
        public Optional<Command> of(Part part) {
            return switch (part) {
                case MAIN -> main;
                case PRE_START -> preStart;
                case POST_START -> postStart;
                case PRE_STOP -> preStop;
                case POST_STOP -> postStop;
            };
        }
    }

    /// The processes a job may have.
    public enum Part {
        MAIN("main"),
        PRE_START("pre-start"),
        POST_START("post-start"),
        PRE_STOP("pre-stop"),
        POST_STOP("post-stop");

        private final String word;

        Part(String word) {
            this.word = word;
        }

        public String word() {
            return word;
        }
    }

    /// When a main process counts as up, and which process is the main one then.
    public enum Readiness {
        /// At once.
        AT_ONCE,
        /// When it has stopped itself by `SIGSTOP`; it is told to go on.
        STOPPED,
        /// When it has forked once: its child is the main process.
        FORKED,
        /// When it has forked twice: its grandchild is the main process.
        DAEMON;

        /// How often it forks.
        public int forks() {
            return switch (this) {
                case AT_ONCE, STOPPED -> 0;
                case FORKED -> 1;
                case DAEMON -> 2;
            };
        }
    }

    /// @param count how often it may come back within `interval`, counted from the first time; 0: without limit
    /// @param isWritten whether the configuration says so itself
    public record Respawn(int count, Duration interval, boolean isWritten, Span origin) {
        /// More often than 10 times in 5 seconds is too often.
        public static Respawn usual(Span origin) {
            return new Respawn(10, Duration.ofSeconds(5), false, origin);
        }

        public boolean isUnlimited() {
            return count == 0 || interval.isZero();
        }
    }

    /// @param emits events it says that its processes emit
    public record Notes(Optional<String> author, Optional<String> version, Optional<String> usage, List<String> emits) {
        public static final Notes NONE = new Notes(Optional.empty(), Optional.empty(), Optional.empty(), List.of());

        public Notes {
            emits = List.copyOf(emits);
        }
    }
}
