package dev.fairlead.testkit;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
import java.util.stream.Stream;

/// A real program, its output captured line by line (both streams, in the order they arrive), ended by its pid.
public final class ProcessUnderTest implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private static final Duration GLANCE = Duration.ofMillis(500);

    private final Process process;
    /// Its output, as `/proc` calls it; empty when it was gone before that could be seen.
    private final Optional<Path> pipe;

    private final List<String> lines = new ArrayList<>();
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private boolean outputEnded;

    private ProcessUnderTest(Process process) {
        this.process = process;
        this.pipe = target(Path.of("/proc/" + process.pid() + "/fd/1"));
    }

    public static ProcessUnderTest start(Path folder, Map<String, String> environment, List<String> command) {
        ProcessBuilder builder =
                new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true);
        builder.redirectInput(new File("/dev/null"));
        builder.environment().putAll(environment);
        try {
            ProcessUnderTest started = new ProcessUnderTest(builder.start());
            Thread.ofVirtual().name("output of " + command.getFirst()).start(started::capture);
            return started;
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    public static ProcessUnderTest start(Path folder, String... command) {
        return start(folder, Map.of(), List.of(command));
    }

    /// Starts a program and waits, at most 60 s, for a line that satisfies `wanted`; ends it where none comes.
    public static ProcessUnderTest startUntil(
            String what, Predicate<String> wanted, Path folder, Map<String, String> environment, List<String> command) {
        ProcessUnderTest program = start(folder, environment, command);
        try {
            program.awaitLine(what, wanted, Deadline.inSeconds(60));
            return program;
        } catch (AssertionError missed) {
            program.close();
            throw missed;
        }
    }

    /// Runs a program to its end, at most 60 s, and returns it with its output.
    public static ProcessUnderTest run(Path folder, String... command) {
        ProcessUnderTest program = start(folder, command);
        program.awaitExit(Deadline.inSeconds(60));
        return program;
    }

    /// Runs a program that has to succeed.
    ///
    /// @throws AssertionError with its output if it does not
    public static void succeed(Path folder, List<String> command) {
        ProcessUnderTest program = start(folder, Map.of(), command);
        int status = program.awaitExit(Deadline.inSeconds(60));
        if (status != 0) {
            throw new AssertionError(command + " failed with " + status + ":\n" + program.output());
        }
    }

    public long pid() {
        return process.pid();
    }

    public boolean running() {
        return process.isAlive();
    }

    public String output() {
        lock.lock();
        try {
            return String.join("\n", lines);
        } finally {
            lock.unlock();
        }
    }

    /// Waits for the first line, past or to come, that satisfies `wanted`.
    public String awaitLine(String what, Predicate<String> wanted, Deadline deadline) {
        lock.lock();
        try {
            int seen = 0;
            while (true) {
                for (; seen < lines.size(); seen++) {
                    if (wanted.test(lines.get(seen))) {
                        return lines.get(seen);
                    }
                }
                int known = seen;
                if (!awaitUntil(() -> lines.size() > known, deadline)) {
                    throw deadline.missed("a line with " + what + "; the output was:\n" + String.join("\n", lines));
                }
            }
        } finally {
            lock.unlock();
        }
    }

    /// Waits for the program's end and that of its output.
    ///
    /// @return its exit status; 128 + n when signal n ended it
    public int awaitExit(Deadline deadline) {
        try {
            if (!process.waitFor(deadline.millisLeft(), TimeUnit.MILLISECONDS)) {
                throw deadline.missed("the end of process " + process.pid() + "; its output was:\n" + output());
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(interrupted);
        }
        Deadline end = Deadline.inSeconds(60);
        // A grandchild may hold the stream open; what it says is not waited for.
        while (!awaitEndOfOutput(Deadline.in(GLANCE)) && !end.passed() && !isPipeHeld()) {
            Thread.onSpinWait();
        }
        return process.exitValue();
    }

    private boolean awaitEndOfOutput(Deadline deadline) {
        lock.lock();
        try {
            return awaitUntil(() -> outputEnded, deadline);
        } finally {
            lock.unlock();
        }
    }

    /// Whether any other process has the stream open.
    private boolean isPipeHeld() {
        return pipe.isPresent()
                && ProcessHandle.allProcesses()
                        .filter(other -> other.pid() != ProcessHandle.current().pid())
                        .flatMap(other -> descriptors(other.pid()))
                        .anyMatch(descriptor -> target(descriptor).equals(pipe));
    }

    private static Stream<Path> descriptors(long pid) {
        try (Stream<Path> all = Files.list(Path.of("/proc/" + pid + "/fd"))) {
            return all.toList().stream();
        } catch (IOException | UncheckedIOException goneOrNotOurs) {
            return Stream.empty();
        }
    }

    private static Optional<Path> target(Path link) {
        try {
            return Optional.of(Files.readSymbolicLink(link));
        } catch (IOException gone) {
            return Optional.empty();
        }
    }

    /// Sends a signal by name, such as `HUP`.
    public void signal(String name) {
        signal(name, process.pid());
    }

    /// Sends a signal to a process that the test is responsible for.
    public static void signal(String name, long pid) {
        try {
            new ProcessBuilder("kill", "-s", name, Long.toString(pid))
                    .redirectErrorStream(true)
                    .start()
                    .waitFor();
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /// Ends the program: TERM, and KILL for it and its descendants when that does not help within 10 s.
    @Override
    public void close() {
        List<ProcessHandle> descendants = process.descendants().toList();
        process.destroy();
        try {
            if (!process.waitFor(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            process.destroyForcibly();
        }
        descendants.forEach(ProcessHandle::destroyForcibly);
    }

    /// Ends the program and its descendants by KILL, for what takes no other end.
    public void kill() {
        List<ProcessHandle> descendants = process.descendants().toList();
        process.destroyForcibly();
        descendants.forEach(ProcessHandle::destroyForcibly);
    }

    /// With the lock held, waits until `claim` holds or it is certain that it will not in time.
    private boolean awaitUntil(BooleanSupplier claim, Deadline deadline) {
        try {
            while (!claim.getAsBoolean()) {
                boolean inTime = !outputEnded && changed.await(deadline.millisLeft(), TimeUnit.MILLISECONDS);
                if (!inTime) {
                    return claim.getAsBoolean();
                }
            }
            return true;
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(interrupted);
        }
    }

    private void capture() {
        try (BufferedReader reader = process.inputReader(StandardCharsets.UTF_8)) {
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                publish(line);
            }
        } catch (IOException ended) {
            publish("(output ended: " + ended.getMessage() + ")");
        }
        lock.lock();
        try {
            outputEnded = true;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private void publish(String line) {
        lock.lock();
        try {
            lines.add(line);
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }
}
