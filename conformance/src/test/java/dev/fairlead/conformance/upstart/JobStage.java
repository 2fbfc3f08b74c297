package dev.fairlead.conformance.upstart;

import dev.fairlead.dialect.FileSource;
import dev.fairlead.dialect.upstart.UpstartDialect;
import dev.fairlead.dialect.upstart.UpstartOptions;
import dev.fairlead.model.control.JobCommand;
import dev.fairlead.model.control.Outcome;
import dev.fairlead.model.control.UnitCommand;
import dev.fairlead.model.service.Unit;
import dev.fairlead.model.service.UnitSet;
import dev.fairlead.model.status.UnitStatus;
import dev.fairlead.model.status.UnitStatus.Activity;
import dev.fairlead.os.OsException;
import dev.fairlead.process.journal.Journal;
import dev.fairlead.process.journal.JournalEntry;
import dev.fairlead.process.journal.JournalLimits;
import dev.fairlead.process.supervisor.Supervisor;
import dev.fairlead.process.supervisor.SupervisorOptions;
import dev.fairlead.source.Problems;
import dev.fairlead.testkit.Deadline;
import dev.fairlead.time.Clock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// A supervisor with jobs from their texts, and real processes. Stops everything when closed.
final class JobStage implements AutoCloseable {
    private static final int PATIENCE = 60;

    private final Supervisor supervisor;
    private final Journal journal;
    private final Map<String, String> texts = new HashMap<>();
    private final List<Unit> others;

    private JobStage(Map<String, String> texts, List<Unit> others) {
        this.texts.putAll(texts);
        this.others = others;
        this.journal = Journal.inMemory(JournalLimits.DEFAULT, Clock.system());
        try {
            supervisor =
                    Supervisor.start(UnitSet.EMPTY, SupervisorOptions.GUEST, Clock.system(), journal, change -> {});
        } catch (OsException failed) {
            throw new IllegalStateException(failed);
        }
        await(supervisor.apply(units()));
    }

    static JobStage of(String name, String text) {
        return new JobStage(Map.of(name, text), List.of());
    }

    static JobStage of(Map<String, String> texts, Unit... others) {
        return new JobStage(texts, List.of(others));
    }

    private UnitSet units() {
        Map<String, String> files = new HashMap<>();
        texts.forEach((name, text) -> files.put("/jobs/" + name + ".conf", text));
        Problems problems = new Problems();
        UpstartOptions options = new UpstartOptions(Optional.empty(), FileSource.of(files));
        List<Unit> all = new ArrayList<>(UpstartDialect.load(Path.of("/jobs"), options, problems));
        if (problems.hasErrors()) {
            throw new AssertionError(problems.render());
        }
        List<String> enabled = others.stream().map(Unit::name).toList();
        all.addAll(others);
        return new UnitSet(all, new LinkedHashSet<>(enabled));
    }

    /// The job reads otherwise from now on.
    void rewrite(String name, String text) {
        texts.put(name, text);
        await(supervisor.apply(units()));
    }

    static <T> T await(CompletionStage<T> stage) {
        try {
            return stage.toCompletableFuture().get(PATIENCE, TimeUnit.SECONDS);
        } catch (InterruptedException | ExecutionException | TimeoutException failed) {
            throw new AssertionError(failed);
        }
    }

    Supervisor supervisor() {
        return supervisor;
    }

    Outcome tell(JobCommand command) {
        return await(supervisor.execute(command));
    }

    Outcome tell(UnitCommand command) {
        return await(supervisor.execute(command));
    }

    Outcome start(String job, String... variables) {
        return tell(new JobCommand.Start(job, map(variables), true));
    }

    Outcome stop(String job, String... variables) {
        return tell(new JobCommand.Stop(job, map(variables), true));
    }

    String line(String job, String... variables) {
        return tell(new JobCommand.Status(job, map(variables))).message();
    }

    Outcome emit(String event, String... variables) {
        return tell(new JobCommand.Emit(event, map(variables), true));
    }

    static SequencedMap<String, String> map(String... variables) {
        SequencedMap<String, String> all = new LinkedHashMap<>();
        for (String variable : variables) {
            int equals = variable.indexOf('=');
            all.put(variable.substring(0, equals), variable.substring(equals + 1));
        }
        return all;
    }

    UnitStatus status(String name) {
        return await(supervisor.status()).stream()
                .filter(status -> status.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    UnitStatus awaitActivity(String name, Activity activity) {
        Deadline.inSeconds(PATIENCE)
                .await(name + " is " + activity.word(), () -> status(name).activity() == activity);
        return status(name);
    }

    int main(String name) {
        return awaitActivity(name, Activity.ACTIVE).mainPid().orElseThrow();
    }

    void awaitLine(String name, String part) {
        Deadline.inSeconds(PATIENCE)
                .await(
                        "\"" + part + "\" in the log of " + name,
                        () -> lines(name).stream().anyMatch(line -> line.contains(part)));
    }

    List<String> lines(String name) {
        return journal.tail(List.of(name), 1000).stream()
                .map(JournalEntry::text)
                .toList();
    }

    static void awaitGone(int pid) {
        Deadline.inSeconds(PATIENCE).await("process " + pid + " is gone", () -> isGone(pid));
    }

    /// Also where only its parent has not collected it yet.
    private static boolean isGone(int pid) {
        try {
            String stat = Files.readString(Path.of("/proc/" + pid + "/stat"));
            return stat.substring(stat.lastIndexOf(')') + 2).startsWith("Z");
        } catch (IOException gone) {
            return true;
        }
    }

    /// The number of a process, once a file holds it.
    static int awaitPid(Path file) {
        return Integer.parseInt(awaitText(file).strip());
    }

    /// The text of a file once it ends with a line break.
    static String awaitText(Path file) {
        String[] text = {""};
        Deadline.inSeconds(PATIENCE).await("text in " + file, () -> {
            try {
                text[0] = Files.exists(file) ? Files.readString(file) : "";
            } catch (IOException unreadable) {
                throw new AssertionError(unreadable);
            }
            return text[0].endsWith("\n");
        });
        return text[0];
    }

    @Override
    public void close() {
        await(supervisor.stopAll());
        supervisor.close();
        journal.close();
    }
}
