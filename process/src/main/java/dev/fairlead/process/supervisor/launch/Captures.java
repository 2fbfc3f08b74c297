package dev.fairlead.process.supervisor.launch;

import dev.fairlead.model.service.execution.Logging;
import dev.fairlead.os.MasterLoop;
import dev.fairlead.os.OsException;
import dev.fairlead.process.baton.Baton;
import dev.fairlead.process.journal.Journal;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/// What the processes of all units print into pipes: goes to the journal, line by line. Only on the master loop.
public final class Captures {
    private static final int FEW = 32;

    private final MasterLoop loop;
    private final Journal journal;
    private final ByteBuffer bytes = ByteBuffer.allocateDirect(Capture.BUFFER);
    private final List<Source> sources = new ArrayList<>();
    /// How many there are when those that are over are looked for.
    private int lookAgainAt = FEW;

    public Captures(MasterLoop loop, Journal journal) {
        this.loop = loop;
        this.journal = journal;
    }

    /// @param pid whose output it was to begin with
    private record Source(String unit, String identifier, int pid, Logging logging, Capture capture) {}

    /// @param descriptor the reading end, which is closed when nothing comes any more
    /// @param begun what an earlier program has read of a line
    Capture start(String unit, String identifier, int pid, Logging logging, int descriptor, byte[] begun)
            throws OsException {
        Capture capture = Capture.start(
                loop, bytes, descriptor, begun, lines -> journal.append(unit, identifier, pid, logging, lines));
        if (sources.size() >= lookAgainAt) {
            sources.removeIf(source -> !source.capture.isOpen());
            lookAgainAt = Math.max(FEW, 2 * sources.size());
        }
        sources.add(new Source(unit, identifier, pid, logging, capture));
        return capture;
    }

    /// The output that began with this process, while somebody may write to it.
    public Optional<Capture> of(int pid) {
        return sources.stream()
                .filter(source -> source.pid == pid && source.capture.isOpen())
                .map(Source::capture)
                .reduce((first, second) -> second);
    }

    public void save(Baton baton) {
        for (Source source : sources) {
            if (source.capture.isOpen()) {
                // Each byte is a character of its own.
                Baton part = baton.add("captures");
                save(source.logging, part);
                part.put("unit", source.unit)
                        .put("identifier", source.identifier)
                        .put("pid", source.pid)
                        .put("begun", new String(source.capture.unfinished(), StandardCharsets.ISO_8859_1))
                        .hand("pipe", source.capture.descriptor());
            }
        }
    }

    public void resume(Baton baton) throws OsException {
        for (Baton one : baton.parts("captures")) {
            OptionalInt pipe = one.take("pipe");
            if (pipe.isPresent()) {
                start(
                        one.text("unit", ""),
                        one.text("identifier", ""),
                        (int) one.number("pid", 0),
                        logging(one),
                        pipe.getAsInt(),
                        one.text("begun", "").getBytes(StandardCharsets.ISO_8859_1));
            }
        }
    }

    private static void save(Logging logging, Baton part) {
        part.put("level", logging.level())
                .put("says-level", logging.linesSayTheirs())
                .put("facility", logging.facility())
                .put("most-verbose", logging.mostVerbose());
        logging.rate()
                .ifPresent(rate ->
                        part.put("rate-nanos", rate.interval().toNanos()).put("rate-burst", rate.burst()));
    }

    private static Logging logging(Baton part) {
        if (part.number("level").isEmpty()) {
            return Logging.DEFAULT;
        }
        OptionalLong interval = part.number("rate-nanos");
        return new Logging(
                (int) part.number("level", 0),
                part.is("says-level"),
                (int) part.number("facility", 0),
                (int) part.number("most-verbose", 0),
                interval.isEmpty()
                        ? Optional.empty()
                        : Optional.of(new Logging.Rate(
                                Duration.ofNanos(interval.getAsLong()), (int) part.number("rate-burst", 0))));
    }
}
