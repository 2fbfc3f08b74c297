package dev.fairlead.process.journal;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.stream.Stream;

/// The files of a journal, read by whoever may: whether or not the supervisor that writes them runs.
///
/// @param path where they lie
public record JournalFolder(Path path) {
    private static final String SUFFIX = ".log";

    /// The units that have printed something.
    public Set<String> units() throws IOException {
        Set<String> names = new TreeSet<>();
        if (Files.isDirectory(path)) {
            try (Stream<Path> files = Files.list(path)) {
                files.map(file -> String.valueOf(file.getFileName()))
                        .filter(name -> name.endsWith(SUFFIX))
                        .forEach(name -> names.add(name.substring(0, name.length() - SUFFIX.length())));
            }
        }
        return names;
    }

    /// The files of a unit, oldest first.
    private List<Path> files(String unit) throws IOException {
        String own = unit + SUFFIX;
        List<Path> files = new ArrayList<>();
        try (Stream<Path> all = Files.list(path)) {
            all.filter(file -> age(String.valueOf(file.getFileName()), own) >= 0)
                    .forEach(files::add);
        }
        files.sort(Comparator.comparingInt((Path file) -> age(String.valueOf(file.getFileName()), own))
                .reversed());
        return files;
    }

    /// 0 for the file that is written, more for older ones; -1 for another unit's.
    private static int age(String name, String own) {
        if (name.equals(own)) {
            return 0;
        }
        String rest = name.startsWith(own + ".") ? name.substring(own.length() + 1) : "";
        return rest.matches("\\d{1,4}") ? Integer.parseInt(rest) : -1;
    }

    /// Every file that is no longer written.
    public List<Path> archived() throws IOException {
        if (!Files.isDirectory(path)) {
            return List.of();
        }
        try (Stream<Path> all = Files.list(path)) {
            return all.filter(file -> String.valueOf(file.getFileName()).matches(".*\\.log\\.\\d{1,4}"))
                    .toList();
        }
    }

    /// What all its files take.
    public long bytes() throws IOException {
        if (!Files.isDirectory(path)) {
            return 0;
        }
        long bytes = 0;
        try (Stream<Path> all = Files.list(path)) {
            for (Path file : all.toList()) {
                bytes += Files.size(file);
            }
        }
        return bytes;
    }

    /// The lines of some units, oldest first.
    ///
    /// @param units none for all
    /// @param fromMicros the first moment that is wanted
    /// @return how many were handed over
    public long read(Collection<String> units, long fromMicros, Consumer<JournalEntry> sink) throws IOException {
        PriorityQueue<LineReader> readers = new PriorityQueue<>(Comparator.comparingLong(
                reader -> reader.next().map(JournalEntry::wallMicros).orElse(Long.MAX_VALUE)));
        try {
            for (String unit : units.isEmpty() ? units() : units) {
                LineReader reader = new LineReader(unit, files(unit), fromMicros);
                if (reader.next().isPresent()) {
                    readers.add(reader);
                }
            }
            long count = 0;
            while (!readers.isEmpty()) {
                LineReader first = readers.remove();
                Optional<JournalEntry> entry = first.take();
                if (entry.isPresent()) {
                    sink.accept(entry.get());
                    count++;
                }
                if (first.next().isPresent()) {
                    readers.add(first);
                }
            }
            return count;
        } finally {
            readers.forEach(LineReader::close);
        }
    }
}
