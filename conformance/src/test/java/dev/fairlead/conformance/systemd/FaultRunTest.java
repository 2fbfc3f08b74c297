package dev.fairlead.conformance.systemd;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairlead.conformance.Distribution;
import dev.fairlead.os.ProcessTable;
import dev.fairlead.os.Processes;
import dev.fairlead.process.journal.JournalEntry;
import dev.fairlead.process.journal.JournalFolder;
import dev.fairlead.testkit.Deadline;
import dev.fairlead.testkit.ProcessUnderTest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Fifty services whose main processes are killed at random, while the supervisor is upgraded in the middle.
/// Every one of them ends in the state its policy says, nothing is left behind, and no line that one of them
/// wrote is missing. For a few seconds here; `bench/services --faults 180` takes three minutes.
class FaultRunTest {
    private static final int SERVICES = 50;
    private static final int SECONDS = Integer.getInteger("faults.seconds", 3);
    private static final long SEED = Long.getLong("faults.seed", 252L);
    private static final int PATIENCE = 120;
    /// What is printed is noted only after that. The last word tells whose process it is.
    private static final String SCRIPT = "read -r id </proc/sys/kernel/random/uuid; i=0; "
            + "while :; do i=$$((i+1)); echo $$id $$i; echo $$i >@notes/$$id; sleep 0.3; done";
    private static final Pattern UNIT = Pattern.compile(
            "\"name\":\"(fault-\\d+)\\.service\"[^}]*?\"activity\":\"(\\w+)\"[^}]*?\"result\":\"([\\w-]+)\"");

    private final Set<String> killed = new HashSet<>();
    private final Random random = new Random(SEED);
    private int kills;

    @TempDir
    private Path folder;

    @BeforeEach
    void findProgram() {
        Distribution.require();
    }

    @Test
    void everyServiceEndsAsItsPolicySaysAndNothingIsLostThoughTheSupervisorIsUpgraded()
            throws IOException, InterruptedException {
        Path stack = Files.createDirectory(folder.resolve("faults"));
        Path notes = Files.createDirectory(folder.resolve("notes"));
        for (int i = 0; i < SERVICES; i++) {
            Files.writeString(stack.resolve("fault-" + i + ".service"), unit(i, notes));
        }
        try (ProcessUnderTest up = fairlead("up", stack.toString())) {
            up.awaitLine("readiness", line -> line.startsWith("ready in"), Deadline.inSeconds(PATIENCE));
            Deadline.inSeconds(PATIENCE).await("all run", () -> mains(up.pid()).size() == SERVICES);
            killFor(up.pid(), Duration.ofSeconds(SECONDS).dividedBy(2));
            ProcessUnderTest upgrade = fairlead("upgrade", "-C", stack.toString());
            while (upgrade.running()) {
                killOne(up.pid());
            }
            assertThat(upgrade.awaitExit(Deadline.inSeconds(PATIENCE)))
                    .as(upgrade::output)
                    .isZero();
            killFor(up.pid(), Duration.ofSeconds(SECONDS).dividedBy(2));
            int left = (int) Stream.iterate(0, i -> i + 1)
                    .limit(SERVICES)
                    .filter(i -> !staysDown(i))
                    .count();
            Deadline.inSeconds(PATIENCE)
                    .await("those run that come back", () -> mains(up.pid()).size() == left);
            Deadline.inSeconds(PATIENCE)
                    .await("no zombie is left", () -> zombies(up.pid()).isEmpty());
            // One for each service, and one for what looks after them.
            Deadline.inSeconds(PATIENCE)
                    .await("no pipe is left open", () -> descriptors(up.pid(), "pipe:") == left + 1);
            Deadline.inSeconds(PATIENCE)
                    .await("no process is watched that has ended", () -> descriptors(up.pid(), "[pidfd]") == left + 1);
            assertThat(descriptors(up.pid(), "memfd:")).isZero();
            compareStates(stack);
            System.out.println("faults: " + kills + " kills of " + killed.size() + " services in " + SECONDS
                    + " s, an upgrade in between; " + upgrade.output().strip());
            assertThat(fairlead("stop", "-C", stack.toString()).awaitExit(Deadline.inSeconds(PATIENCE)))
                    .isZero();
            up.awaitExit(Deadline.inSeconds(PATIENCE));
            assertThat(up.output()).doesNotContain("Exception");
        }
        compareLines(notes);
    }

    private ProcessUnderTest fairlead(String... words) {
        List<String> command =
                new ArrayList<>(List.of(Distribution.launcher().orElseThrow().toString()));
        command.addAll(List.of(words));
        Map<String, String> environment =
                Map.of("FAIRLEAD_RUNTIME_DIR", folder.resolve("run").toString(), "FAIRLEAD_NO_BUILD", "1");
        return ProcessUnderTest.start(folder, environment, command);
    }

    private static String unit(int number, Path notes) {
        String policy = number % 5 == 0 ? "no" : number % 5 == 1 ? "on-failure" : "always";
        return "[Unit]\nStartLimitIntervalSec=0\n[Service]\nRestart=" + policy
                + "\nRestartSec=10ms\nExecStart=/bin/sh -c '" + SCRIPT.replace("@notes", notes.toString())
                + "' %p\n";
    }

    private boolean staysDown(int number) {
        return number % 5 == 0 && killed.contains("fault-" + number);
    }

    private void killFor(long supervisor, Duration time) throws InterruptedException {
        long end = System.nanoTime() + time.toNanos();
        while (System.nanoTime() < end) {
            killOne(supervisor);
        }
    }

    private void killOne(long supervisor) throws InterruptedException {
        List<Map.Entry<Integer, String>> running =
                new ArrayList<>(mains(supervisor).entrySet());
        if (!running.isEmpty()) {
            Map.Entry<Integer, String> victim = running.get(random.nextInt(running.size()));
            // What was a child is one as long as it has not been collected: its number is nobody else's.
            if (Processes.signal(victim.getKey(), 9)) {
                killed.add(victim.getValue());
                kills++;
            }
        }
        TimeUnit.MILLISECONDS.sleep(5 + random.nextInt(30));
    }

    /// Main processes that run their script, with the names of their units.
    private static Map<Integer, String> mains(long supervisor) {
        Map<Integer, String> mains = new HashMap<>();
        for (ProcessTable.Row row : ProcessTable.all()) {
            if (row.parent() == supervisor && !row.isZombie()) {
                List<String> words = words(row.pid());
                if (words.size() == 5 && words.get(2).startsWith("read -r id ")) {
                    mains.put(row.pid(), words.get(3));
                }
            }
        }
        return mains;
    }

    private static List<String> words(int pid) {
        try {
            return List.of(Files.readString(Path.of("/proc/" + pid + "/cmdline"), StandardCharsets.ISO_8859_1)
                    .split("\0", -1));
        } catch (IOException gone) {
            return List.of();
        }
    }

    private void compareStates(Path stack) {
        ProcessUnderTest status = fairlead("status", "--json", "-C", stack.toString());
        assertThat(status.awaitExit(Deadline.inSeconds(PATIENCE))).isZero();
        Matcher unit = UNIT.matcher(status.output());
        int count = 0;
        while (unit.find()) {
            count++;
            boolean isDown = staysDown(Integer.parseInt(unit.group(1).replaceAll("\\D", "")));
            assertThat(unit.group(2)).as(unit.group(1)).isEqualTo(isDown ? "failed" : "active");
            assertThat(unit.group(3)).as(unit.group(1)).isEqualTo(isDown ? "signal" : "success");
        }
        assertThat(count).as(status.output()).isEqualTo(SERVICES);
    }

    /// Of each process the lines are there from the first to at least the last it has noted, each once.
    private void compareLines(Path notes) throws IOException {
        Map<String, Integer> last = new HashMap<>();
        AtomicLong lines = new AtomicLong();
        new JournalFolder(journal()).read(List.of(), 0, entry -> {
            if (entry.text().matches("[0-9a-f-]{36} \\d+")) {
                compareLine(entry, last);
                lines.incrementAndGet();
            }
        });
        try (Stream<Path> files = Files.list(notes)) {
            for (Path file : files.toList()) {
                String noted = Files.readString(file).strip();
                int least = noted.isEmpty() ? 0 : Integer.parseInt(noted);
                assertThat(last.getOrDefault(String.valueOf(file.getFileName()), 0))
                        .as("last line of process %s", file.getFileName())
                        .isGreaterThanOrEqualTo(least);
            }
        }
        System.out.println("faults: " + lines.get() + " lines of " + last.size() + " processes, none is missing");
    }

    private static void compareLine(JournalEntry entry, Map<String, Integer> last) {
        String[] words = entry.text().split(" ", -1);
        int number = Integer.parseInt(words[1]);
        assertThat(number).as("line of %s in %s", words[0], entry.unit()).isEqualTo(last.getOrDefault(words[0], 0) + 1);
        last.put(words[0], number);
    }

    private Path journal() throws IOException {
        try (Stream<Path> journals = Files.list(folder.resolve("run/state/journal"))) {
            return journals.findFirst().orElseThrow();
        }
    }

    private static List<ProcessTable.Row> zombies(long supervisor) {
        return ProcessTable.all().stream()
                .filter(row -> row.parent() == supervisor && row.isZombie())
                .toList();
    }

    /// How many descriptors a process has for this kind of thing, besides input, output and errors.
    private static long descriptors(long pid, String kind) {
        try (Stream<Path> all = Files.list(Path.of("/proc/" + pid + "/fd"))) {
            return all.filter(one -> Integer.parseInt(String.valueOf(one.getFileName())) > 2)
                    .filter(one -> leadsTo(one, kind))
                    .count();
        } catch (IOException unreadable) {
            throw new IllegalStateException(unreadable);
        }
    }

    private static boolean leadsTo(Path one, String kind) {
        try {
            return Files.readSymbolicLink(one).toString().contains(kind);
        } catch (IOException closed) {
            return false;
        }
    }
}
