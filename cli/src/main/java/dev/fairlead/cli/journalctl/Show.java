package dev.fairlead.cli.journalctl;

import dev.fairlead.dialect.Glob;
import dev.fairlead.dialect.systemd.name.UnitName;
import dev.fairlead.process.journal.Boots.Boot;
import dev.fairlead.process.journal.JournalEntry;
import dev.fairlead.process.journal.JournalFolder;
import java.io.IOException;
import java.io.PrintStream;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/// Chooses lines and prints them.
final class Show {
    private static final Duration LOOK_AGAIN = Duration.ofMillis(100);

    private final Request request;
    private final JournalFolder journal;
    private final List<Boot> boots;
    private final Instant now;
    private final PrintStream out;
    private final PrintStream err;
    private final Rendering rendering;
    private String boot = "";
    private Optional<JournalEntry> last = Optional.empty();

    Show(Request request, JournalFolder journal, List<Boot> boots, Instant now, PrintStream out, PrintStream err)
            throws Refusal {
        this.request = request;
        this.journal = journal;
        this.boots = boots;
        this.now = now;
        this.out = out;
        this.err = err;
        String format = request.value("output").orElse("short");
        if (!Rendering.FORMATS.contains(format)) {
            throw new Refusal("Unknown output format '" + format + "'.");
        }
        this.rendering = new Rendering(format, request.zone(), !request.has("no-hostname"), boots);
    }

    /// From which line on, and up to which.
    private record Range(long from, long until) {}

    int run() throws Refusal, IOException {
        Range range = range();
        Set<String> units = units();
        boolean noneMeant = request.has("unit") && units.isEmpty();
        Predicate<JournalEntry> filter = filter();
        if (request.has("field")) {
            return values(request.value("field").orElse(""), units, range, filter);
        }
        Optional<Integer> lines = request.lines();
        boolean isReverse = request.has("reverse");
        Deque<JournalEntry> kept = new ArrayDeque<>();
        boolean collects = lines.isPresent() || isReverse;
        Consumer<JournalEntry> sink = collects
                ? entry -> {
                    kept.add(entry);
                    if (lines.isPresent() && kept.size() > lines.get()) {
                        kept.removeFirst();
                    }
                }
                : this::print;
        long[] seen = {range.from() - 1};
        if (!noneMeant) {
            read(units, range, filter, sink, seen);
        }
        (isReverse ? kept.reversed() : kept).forEach(this::print);
        if (request.has("follow")) {
            follow(range, filter, seen[0]);
        }
        if (last.isEmpty() && !request.isQuiet()) {
            err.println("-- No entries --");
        }
        if (request.has("show-cursor") && last.isPresent()) {
            out.println("-- cursor: " + rendering.cursor(last.get()));
        }
        boolean nothingMatches = last.isEmpty() && request.has("grep");
        return nothingMatches ? 1 : 0;
    }

    private void read(
            Set<String> units, Range range, Predicate<JournalEntry> filter, Consumer<JournalEntry> sink, long[] seen)
            throws IOException {
        journal.read(units, range.from(), entry -> {
            seen[0] = Math.max(seen[0], entry.wallMicros());
            if (entry.wallMicros() <= range.until() && filter.test(entry)) {
                sink.accept(entry);
            }
        });
    }

    /// Looks for more whenever the files have changed, until somebody ends it.
    private void follow(Range range, Predicate<JournalEntry> filter, long from) throws IOException, Refusal {
        long[] seen = {from};
        long size = -1;
        while (!out.checkError()) {
            long present = journal.bytes();
            if (present == size) {
                LockSupport.parkNanos(LOOK_AGAIN.toNanos());
                continue;
            }
            size = present;
            Set<String> units = units();
            if (!request.has("unit") || !units.isEmpty()) {
                read(units, new Range(seen[0] + 1, range.until()), filter, this::print, seen);
            }
            out.flush();
        }
    }

    private void print(JournalEntry entry) {
        String run = rendering.boot(entry);
        if (rendering.tellsBoots() && last.isPresent() && !run.equals(boot) && !request.isQuiet()) {
            out.println("-- Boot " + run + " --");
        }
        boot = run;
        last = Optional.of(entry);
        out.print(rendering.text(entry));
    }

    private int values(String field, Set<String> units, Range range, Predicate<JournalEntry> filter)
            throws IOException {
        Set<String> values = new LinkedHashSet<>();
        read(
                units,
                range,
                filter,
                entry -> Optional.ofNullable(rendering.fields(entry).get(field)).ifPresent(values::add),
                new long[] {0});
        values.forEach(out::println);
        return 0;
    }

    private Range range() throws Refusal {
        long from = request.moment("since", now).map(Show::micros).orElse(0L);
        long until = request.moment("until", now).map(Show::micros).orElse(Long.MAX_VALUE);
        Optional<String> wanted = request.boot();
        if (wanted.isPresent()) {
            int index = bootIndex(wanted.get());
            from = Math.max(from, boots.get(index).fromMicros());
            until = index + 1 < boots.size()
                    ? Math.min(until, boots.get(index + 1).fromMicros() - 1)
                    : until;
        }
        if (request.has("after-cursor")) {
            from = Math.max(from, cursor(request.value("after-cursor").orElse("")) + 1);
        }
        if (request.has("cursor")) {
            from = Math.max(from, cursor(request.value("cursor").orElse("")));
        }
        if (from > until && request.has("since") && request.has("until") && wanted.isEmpty()) {
            throw new Refusal("--since= must be before --until=.");
        }
        return new Range(from, until);
    }

    private static long micros(Instant moment) {
        return moment.getEpochSecond() * 1_000_000 + moment.getNano() / 1000;
    }

    private static long cursor(String text) throws Refusal {
        for (String part : text.split(";", -1)) {
            if (part.matches("i=[0-9a-f]{1,15}")) {
                return Long.parseLong(part.substring(2), 16);
            }
        }
        throw new Refusal("Failed to seek to cursor: Invalid argument");
    }

    private int bootIndex(String wanted) throws Refusal {
        int index = -1;
        if (wanted.matches("[0-9a-f]{32}")) {
            for (int i = 0; i < boots.size(); i++) {
                index = boots.get(i).id().equals(wanted) ? i : index;
            }
        } else if (wanted.isEmpty() || wanted.matches("[+-]?\\d{1,9}")) {
            int offset = wanted.isEmpty() ? 0 : Integer.parseInt(wanted);
            index = offset > 0 ? offset - 1 : boots.size() - 1 + offset;
        }
        if (index < 0 || index >= boots.size()) {
            throw new Refusal("Data from the specified boot (" + (wanted.isEmpty() ? "0" : wanted)
                    + ") is not available: No such boot ID in journal");
        }
        return index;
    }

    /// Full names of the units that are meant; patterns stand for the units that have printed something.
    private Set<String> units() throws IOException {
        Set<String> units = new LinkedHashSet<>();
        for (String typed : request.given().all("unit")) {
            if (Glob.isPattern(typed)) {
                journal.units().stream()
                        .filter(unit -> Glob.matches(typed, unit) || Glob.matches(typed + ".service", unit))
                        .forEach(units::add);
            } else {
                UnitName.ofTyped(typed).map(UnitName::toString).ifPresent(units::add);
            }
        }
        return units;
    }

    private Predicate<JournalEntry> filter() throws Refusal {
        Request.Priorities priorities = request.priorities();
        Optional<Pattern> pattern = request.pattern();
        List<String> identifiers = request.given().all("identifier");
        Map<String, List<String>> matches = new LinkedHashMap<>();
        for (String match : request.matches()) {
            int equals = match.indexOf('=');
            matches.computeIfAbsent(match.substring(0, equals), none -> new ArrayList<>())
                    .add(match.substring(equals + 1));
        }
        return entry -> entry.priority() >= priorities.least()
                && entry.priority() <= priorities.most()
                && (identifiers.isEmpty() || identifiers.contains(entry.identifier()))
                && pattern.map(one -> one.matcher(entry.text()).find()).orElse(true)
                && (matches.isEmpty() || rendering.matches(entry, matches));
    }
}
