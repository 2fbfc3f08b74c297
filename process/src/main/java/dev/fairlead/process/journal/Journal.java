package dev.fairlead.process.journal;

import dev.fairlead.time.Clock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// All lines of all units: the last ones in memory, and, where it has a folder, on disk.
public final class Journal implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Journal.class);

    private final Optional<Path> folder;
    private final JournalLimits limits;
    private final Clock clock;
    private final Map<String, Deque<JournalEntry>> recent = new HashMap<>();
    private final Map<String, UnitLog> logs = new HashMap<>();
    private final List<Consumer<JournalEntry>> followers = new CopyOnWriteArrayList<>();

    private Journal(Optional<Path> folder, JournalLimits limits, Clock clock) {
        this.folder = folder;
        this.limits = limits;
        this.clock = clock;
    }

    /// Keeps what the limits allow in memory, and nothing else.
    public static Journal inMemory(JournalLimits limits, Clock clock) {
        return new Journal(Optional.empty(), limits, clock);
    }

    /// Keeps files in a folder, which is made if need be; what an earlier run left there is part of it.
    public static Journal open(Path folder, JournalLimits limits, Clock clock) throws IOException {
        Files.createDirectories(folder);
        return new Journal(Optional.of(folder), limits, clock);
    }

    /// Adds lines a process has printed.
    public void append(String unit, String identifier, int pid, List<String> texts) {
        long now = clock.wallMillis();
        List<JournalEntry> entries = texts.stream()
                .map(text -> new JournalEntry(now, unit, identifier, pid, text))
                .toList();
        synchronized (this) {
            keep(unit, entries);
            entries.forEach(entry -> followers.forEach(follower -> follower.accept(entry)));
        }
    }

    private void keep(String unit, List<JournalEntry> entries) {
        Deque<JournalEntry> lines = recent.computeIfAbsent(unit, none -> new ArrayDeque<>());
        lines.addAll(entries);
        while (lines.size() > limits.linesInMemory()) {
            lines.removeFirst();
        }
        if (folder.isPresent()) {
            try {
                log(folder.get(), unit).append(entries);
            } catch (IOException full) {
                LOG.error("lines of {} could not be written to {}: {}", unit, folder.get(), full.getMessage());
            }
        }
    }

    private UnitLog log(Path in, String unit) {
        return logs.computeIfAbsent(unit, name -> new UnitLog(in, name, limits));
    }

    /// The last lines, oldest first.
    ///
    /// @param units of which; none: of all
    /// @param count how many in all, at most
    public synchronized List<JournalEntry> tail(Collection<String> units, int count) {
        List<JournalEntry> found = new ArrayList<>();
        for (String unit : units.isEmpty() ? known() : units) {
            found.addAll(tailOf(unit, count));
        }
        // A stable sort: lines of one unit keep their order within a millisecond.
        found.sort(Comparator.comparingLong(JournalEntry::wallMillis));
        return List.copyOf(found.subList(Math.max(0, found.size() - count), found.size()));
    }

    private List<JournalEntry> tailOf(String unit, int count) {
        Deque<JournalEntry> lines = recent.getOrDefault(unit, new ArrayDeque<>());
        if (lines.size() < count && folder.isPresent()) {
            try {
                return log(folder.get(), unit).tail(count);
            } catch (IOException unreadable) {
                LOG.error("the log of {} cannot be read: {}", unit, unreadable.getMessage());
            }
        }
        return lines.stream().skip(Math.max(0, lines.size() - count)).toList();
    }

    private Set<String> known() {
        Set<String> names = new TreeSet<>(recent.keySet());
        if (folder.isPresent()) {
            try (Stream<Path> files = Files.list(folder.get())) {
                files.map(file -> file.getFileName().toString())
                        .filter(name -> name.endsWith(".log"))
                        .forEach(name -> names.add(name.substring(0, name.length() - ".log".length())));
            } catch (IOException unreadable) {
                LOG.error("{} cannot be read: {}", folder.get(), unreadable.getMessage());
            }
        }
        return names;
    }

    /// Hands on every line from now on, until the result is closed. The follower is called on the thread that
    /// adds the line and must neither block nor throw.
    public Following follow(Consumer<JournalEntry> follower) {
        followers.add(follower);
        return () -> followers.remove(follower);
    }

    /// The last lines and then every further one, none missed and none twice.
    public synchronized Following tailAndFollow(Collection<String> units, int count, Consumer<JournalEntry> follower) {
        tail(units, count).forEach(follower);
        return follow(entry -> {
            if (units.isEmpty() || units.contains(entry.unit())) {
                follower.accept(entry);
            }
        });
    }

    /// A follower that is being served.
    @FunctionalInterface
    public interface Following extends AutoCloseable {
        @Override
        void close();
    }

    @Override
    public synchronized void close() {
        for (UnitLog log : logs.values()) {
            try {
                log.close();
            } catch (IOException lost) {
                LOG.error("a log could not be closed: {}", lost.getMessage());
            }
        }
        logs.clear();
    }
}
