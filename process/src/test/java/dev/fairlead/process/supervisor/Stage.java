package dev.fairlead.process.supervisor;

import dev.fairlead.model.control.Outcome;
import dev.fairlead.model.control.UnitCommand;
import dev.fairlead.model.service.Dependencies;
import dev.fairlead.model.service.Relation;
import dev.fairlead.model.service.Service;
import dev.fairlead.model.service.Unit;
import dev.fairlead.model.service.UnitRules;
import dev.fairlead.model.service.UnitSet;
import dev.fairlead.model.service.execution.Command;
import dev.fairlead.model.service.execution.Commands;
import dev.fairlead.model.service.execution.Execution;
import dev.fairlead.model.service.execution.Handover;
import dev.fairlead.model.service.lifecycle.KillPolicy;
import dev.fairlead.model.service.lifecycle.NotifyAccess;
import dev.fairlead.model.service.lifecycle.RestartPolicy;
import dev.fairlead.model.service.lifecycle.StartLimit;
import dev.fairlead.model.service.lifecycle.Startup;
import dev.fairlead.model.service.lifecycle.Timeouts;
import dev.fairlead.model.status.UnitStatus;
import dev.fairlead.model.status.UnitStatus.Activity;
import dev.fairlead.os.OsException;
import dev.fairlead.process.journal.Journal;
import dev.fairlead.process.journal.JournalEntry;
import dev.fairlead.process.journal.JournalLimits;
import dev.fairlead.source.SourceFile;
import dev.fairlead.source.Span;
import dev.fairlead.testkit.Deadline;
import dev.fairlead.time.Clock;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;

/// A supervisor with real processes, and what tests ask of it. Stops everything when closed.
final class Stage implements AutoCloseable {
    private static final int PATIENCE = 60;
    static final Span ORIGIN = new SourceFile("test.service", "[Service]").span(0, 9);

    private final Supervisor supervisor;
    private final Journal journal;
    private final List<UnitChange> changes = Collections.synchronizedList(new ArrayList<>());

    Stage(Unit... units) {
        this(SupervisorOptions.GUEST, UnitSet.allOf(List.of(units)));
    }

    Stage(SupervisorOptions options, UnitSet units) {
        journal = Journal.inMemory(JournalLimits.DEFAULT, Clock.system());
        try {
            supervisor = Supervisor.start(units, options, Clock.system(), journal, changes::add);
        } catch (OsException failed) {
            throw new IllegalStateException(failed);
        }
    }

    static <T> T await(CompletionStage<T> stage) {
        try {
            return stage.toCompletableFuture().get(PATIENCE, TimeUnit.SECONDS);
        } catch (InterruptedException | ExecutionException | TimeoutException failed) {
            throw new AssertionError(failed);
        }
    }

    Outcome tell(UnitCommand command) {
        return await(supervisor.execute(command));
    }

    Supervisor supervisor() {
        return supervisor;
    }

    UnitStatus status(String name) {
        return await(supervisor.status()).stream()
                .filter(status -> status.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    UnitStatus awaitActivity(String name, Activity activity) {
        await(name, name + " is " + activity.word(), () -> status(name).activity() == activity);
        return status(name);
    }

    void awaitLine(String name, String part) {
        await(
                name,
                "\"" + part + "\" in the log of " + name,
                () -> lines(name).stream().anyMatch(line -> line.contains(part)));
    }

    private void await(String name, String what, BooleanSupplier claim) {
        try {
            Deadline.inSeconds(PATIENCE).await(what, claim);
        } catch (AssertionError missed) {
            throw new AssertionError(missed.getMessage() + "\n" + String.join("\n", lines(name)), missed);
        }
    }

    List<String> lines(String name) {
        return journal.tail(List.of(name), 1000).stream()
                .map(JournalEntry::text)
                .toList();
    }

    /// The units in the order in which they came to this activity.
    List<String> orderOf(Activity activity) {
        return List.copyOf(changes).stream()
                .filter(change -> change.now() == activity && change.before() != activity)
                .map(UnitChange::unit)
                .toList();
    }

    @Override
    public void close() {
        await(supervisor.stopAll());
        supervisor.close();
        journal.close();
    }

    static Command shell(String script) {
        return Command.of(ORIGIN, "/bin/sh", "-c", script);
    }

    static Sample service(String name, String script) {
        return new Sample(name + ".service", Commands.of(shell(script)));
    }

    /// A service that is put together: each of its words changes this one.
    static final class Sample {
        private final String name;
        private Commands commands;
        private Startup startup = Startup.SIMPLE;
        private Dependencies dependencies = Dependencies.NONE;
        private UnitRules rules = UnitRules.NONE;
        private Execution execution = Execution.DEFAULT;
        private RestartPolicy restart = RestartPolicy.NEVER;
        private StartLimit startLimit = StartLimit.DEFAULT;
        private Timeouts timeouts = Timeouts.DEFAULT;
        private KillPolicy kill = KillPolicy.DEFAULT;
        private boolean remains;
        private Optional<Path> pidFile = Optional.empty();
        private NotifyAccess access = NotifyAccess.NONE;

        Sample(String name, Commands commands) {
            this.name = name;
            this.commands = commands;
        }

        Sample commands(Commands other) {
            commands = other;
            return this;
        }

        Sample startup(Startup other) {
            startup = other;
            return this;
        }

        Sample access(NotifyAccess other) {
            access = other;
            return this;
        }

        Sample remainsAfterExit() {
            remains = true;
            return this;
        }

        Sample pidFile(Path file) {
            pidFile = Optional.of(file);
            return this;
        }

        Sample after(String... names) {
            return related(Relation.AFTER, names);
        }

        Sample requires(String... names) {
            return related(Relation.REQUIRES, names).after(names);
        }

        Sample related(Relation relation, String... names) {
            return dependencies(dependencies.with(relation, List.of(names)));
        }

        Sample dependencies(Dependencies other) {
            dependencies = other;
            return this;
        }

        Sample rules(UnitRules other) {
            rules = other;
            return this;
        }

        Sample execution(Execution other) {
            execution = other;
            return this;
        }

        Sample restart(RestartPolicy.When when, Duration delay) {
            restart = RestartPolicy.NEVER.when(when).delay(delay);
            return this;
        }

        Sample startLimit(int burst) {
            startLimit = new StartLimit(Duration.ofMinutes(1), burst);
            return this;
        }

        Sample stopTimeout(Duration most) {
            timeouts = new Timeouts(Optional.of(Duration.ofSeconds(10)), Optional.of(most), Optional.empty());
            return this;
        }

        Sample kill(KillPolicy other) {
            kill = other;
            return this;
        }

        Service build() {
            return new Service(
                    name,
                    name,
                    dependencies,
                    rules,
                    startup,
                    remains,
                    false,
                    pidFile,
                    true,
                    access,
                    commands,
                    execution,
                    restart,
                    startLimit,
                    timeouts,
                    kill,
                    Handover.PLAIN,
                    List.of(),
                    ORIGIN);
        }
    }
}
