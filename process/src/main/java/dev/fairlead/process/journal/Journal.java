package dev.fairlead.process.journal;

import dev.fairlead.model.service.execution.Logging;
import dev.fairlead.process.baton.Baton;
import dev.fairlead.time.Clock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// All lines of all units: the last ones in memory, and, where it has a folder, on disk.
public final class Journal implements AutoCloseable {
    private static final String LAST = "last-line";
    private static final String LINES = "lines";
    private static final String SELF = "fairlead";
    private static final int OWN_PID = (int) ProcessHandle.current().pid();
    private static final int WARNING = 4;
    private static final Logger LOG = LoggerFactory.getLogger(Journal.class);

    private final Optional<Path> folder;
    private final JournalLimits limits;
    private final Clock clock;
    private final Map<String, Deque<JournalEntry>> recent = new HashMap<>();
    private final Map<String, UnitLog> logs = new HashMap<>();
    private final Map<String, LineRate> rates = new HashMap<>();
    private long last;
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
        return open(folder, limits, clock, new Baton());
    }

    /// The same, where the run of an earlier program goes on.
    ///
    /// @param baton what [#save] has written there; empty for a run that begins
    public static Journal open(Path folder, JournalLimits limits, Clock clock, Baton baton) throws IOException {
        Files.createDirectories(folder);
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwx------"));
        Journal journal = new Journal(Optional.of(folder), limits, clock);
        journal.begin(folder, baton.number(LAST));
        return journal;
    }

    /// For the next program: which line was the last, and, where there are no files, the lines.
    public synchronized void save(Baton baton) {
        baton.put(LAST, last);
        if (folder.isEmpty()) {
            recent.values()
                    .forEach(lines -> lines.forEach(
                            entry -> baton.add(LINES).put("unit", entry.unit()).put("line", entry.line())));
        }
    }

    /// Takes the lines of an earlier program that kept no files.
    public synchronized void resume(Baton baton) {
        for (Baton line : baton.parts(LINES)) {
            JournalEntry.parse(line.text("unit", ""), line.text("line", ""))
                    .ifPresent(entry -> keep(entry.unit(), List.of(entry)));
        }
        last = Math.max(last, baton.number(LAST, 0));
    }

    /// Time goes on behind what an earlier run has written, whatever the clock says meanwhile.
    private synchronized void begin(Path in, OptionalLong before) throws IOException {
        if (before.isPresent()) {
            last = before.getAsLong();
            return;
        }
        for (String unit : known()) {
            log(in, unit).tail(1).forEach(entry -> last = Math.max(last, entry.wallMicros()));
        }
        last = Math.max(last + 1, TimeUnit.MILLISECONDS.toMicros(clock.wallMillis()));
        Boots.begin(in, last);
    }

    /// Adds lines a process has printed. A line may begin with its priority, `<3>`, as those for syslog do.
    public void append(String unit, String identifier, int pid, List<String> texts) {
        append(unit, identifier, pid, Logging.DEFAULT, texts);
    }

    /// Adds those lines a process has printed that are to be kept.
    public void append(String unit, String identifier, int pid, Logging logging, List<String> texts) {
        synchronized (this) {
            List<JournalEntry> entries = new ArrayList<>(texts.size());
            for (String text : texts) {
                boolean saysLevel = logging.linesSayTheirs()
                        && text.length() >= 3
                        && text.charAt(0) == '<'
                        && text.charAt(2) == '>'
                        && "01234567".indexOf(text.charAt(1)) >= 0;
                int level = saysLevel ? text.charAt(1) - '0' : logging.level();
                int dropped = dropped(unit, logging, level);
                if (dropped > 0) {
                    entries.add(
                            entry(unit, SELF, OWN_PID, WARNING, "Suppressed " + dropped + " messages from " + unit));
                }
                if (dropped >= 0) {
                    entries.add(entry(unit, identifier, pid, level, saysLevel ? text.substring(3) : text));
                }
            }
            if (!entries.isEmpty()) {
                keep(unit, entries);
                entries.forEach(entry -> followers.forEach(follower -> follower.accept(entry)));
            }
        }
    }

    /// How many lines were dropped before one of this level; negative where it is itself.
    private int dropped(String unit, Logging logging, int level) {
        if (level > logging.mostVerbose()) {
            return -1;
        }
        return logging.rate()
                .map(rate ->
                        rates.computeIfAbsent(unit, none -> new LineRate()).take(rate, level, clock.monotonicNanos()))
                .orElse(0);
    }

    private JournalEntry entry(String unit, String identifier, int pid, int level, String text) {
        last = Math.max(last + 1, TimeUnit.MILLISECONDS.toMicros(clock.wallMillis()));
        return new JournalEntry(last, unit, identifier, pid, level, text);
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
        found.sort(Comparator.comparingLong(JournalEntry::wallMicros));
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
            try {
                names.addAll(new JournalFolder(folder.get()).units());
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
