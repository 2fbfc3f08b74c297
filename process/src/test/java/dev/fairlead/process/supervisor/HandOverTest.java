package dev.fairlead.process.supervisor;

import static dev.fairlead.process.supervisor.Stage.await;
import static dev.fairlead.process.supervisor.Stage.service;
import static org.assertj.core.api.Assertions.assertThat;

import dev.fairlead.model.control.UnitCommand;
import dev.fairlead.model.service.UnitSet;
import dev.fairlead.model.service.lifecycle.RestartPolicy;
import dev.fairlead.model.service.lifecycle.Startup;
import dev.fairlead.model.status.UnitStatus;
import dev.fairlead.model.status.UnitStatus.Activity;
import dev.fairlead.os.OsException;
import dev.fairlead.os.Processes;
import dev.fairlead.process.baton.Baton;
import dev.fairlead.process.journal.Journal;
import dev.fairlead.process.journal.JournalEntry;
import dev.fairlead.process.journal.JournalLimits;
import dev.fairlead.testkit.Deadline;
import dev.fairlead.time.Clock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// A supervisor goes on where another one of the same process has stopped.
@Timeout(180)
class HandOverTest {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final Journal journal = Journal.inMemory(JournalLimits.DEFAULT, Clock.system());

    @Test
    void processesAndTheLineTheyAreWritingGoOn(@TempDir Path folder) throws IOException, OsException {
        Path pipe = folder.resolve("go");
        UnitSet units = UnitSet.allOf(List.of(service(
                        "writer",
                        "mkfifo " + pipe + "; printf 'half a '; read -r word <" + pipe + "; echo $$word; exec sleep 99")
                .build()));
        Supervisor first = start(units, new Baton());
        Deadline.inSeconds(60).await("it writes", () -> Files.exists(pipe));
        UnitStatus before = status(first, "writer.service");
        Supervisor second = goOn(first, units);
        Files.writeString(pipe, "line\n");
        Deadline.inSeconds(60)
                .await("the line is whole", () -> lines("writer.service").contains("half a line"));
        UnitStatus after = status(second, "writer.service");
        assertThat(after.mainPid()).isEqualTo(before.mainPid());
        assertThat(after.sinceMillis()).isEqualTo(before.sinceMillis());
        end(second);
    }

    @Test
    void whatEndsAfterwardsIsTakenCareOf() throws OsException {
        UnitSet units = UnitSet.allOf(List.of(
                service("again", "exec sleep 99")
                        .restart(RestartPolicy.When.ALWAYS, Duration.ofMillis(100))
                        .build(),
                service("once", "exec sleep 99").build()));
        Supervisor first = start(units, new Baton());
        awaitActive(first, "again.service");
        awaitActive(first, "once.service");
        int again = status(first, "again.service").mainPid().orElseThrow();
        int once = status(first, "once.service").mainPid().orElseThrow();
        Supervisor second = goOn(first, units);
        Processes.signal(again, 9);
        Processes.signal(once, 9);
        Deadline.inSeconds(60)
                .await(
                        "it has come back",
                        () -> status(second, "again.service").restarts() == 1
                                && status(second, "again.service").mainPid().isPresent());
        Deadline.inSeconds(60)
                .await("it has failed", () -> status(second, "once.service").activity() == Activity.FAILED);
        assertThat(status(second, "once.service").result()).isEqualTo("signal");
        end(second);
    }

    @Test
    void aUnitInBetweenTwoStepsIsWaitedForAndKeepsItFromHandingOver() throws OsException {
        UnitSet units = UnitSet.allOf(List.of(
                service("slow", "exec sleep 99").startup(Startup.ONESHOT).build()));
        Supervisor first = start(units, new Baton());
        Deadline.inSeconds(60)
                .await("it is starting", () -> status(first, "slow.service").activity() == Activity.ACTIVATING);
        AtomicReference<Baton> given = new AtomicReference<>();
        Optional<String> obstacle = await(first.handOver(Duration.ofMillis(50), given::set));
        assertThat(obstacle).isPresent();
        assertThat(given.get()).isNull();
        await(first.execute(new UnitCommand.Stop("slow.service")));
        end(first);
    }

    private Supervisor start(UnitSet units, Baton baton) throws OsException {
        return Supervisor.start(units, SupervisorOptions.GUEST, Clock.system(), journal, change -> {}, baton);
    }

    private Supervisor goOn(Supervisor first, UnitSet units) throws OsException {
        AtomicReference<byte[]> written = new AtomicReference<>(new byte[0]);
        Optional<String> obstacle = await(first.handOver(PATIENCE, baton -> {
            written.set(baton.bytes());
            // The next program takes the place of this one here.
            first.loop().close();
        }));
        assertThat(obstacle).isEmpty();
        try {
            Baton baton = Baton.of(written.get());
            Supervisor second = start(UnitSet.EMPTY, baton);
            await(second.resume(units, baton));
            assertThat(baton.descriptors()).isEmpty();
            return second;
        } catch (IOException unreadable) {
            throw new AssertionError(unreadable);
        }
    }

    private static UnitStatus status(Supervisor supervisor, String name) {
        return await(supervisor.status()).stream()
                .filter(status -> status.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private static void awaitActive(Supervisor supervisor, String name) {
        Deadline.inSeconds(60)
                .await(name + " is active", () -> status(supervisor, name).activity() == Activity.ACTIVE);
    }

    private List<String> lines(String name) {
        return journal.tail(List.of(name), 1000).stream()
                .map(JournalEntry::text)
                .toList();
    }

    private static void end(Supervisor supervisor) {
        await(supervisor.stopAll());
        supervisor.close();
    }
}
