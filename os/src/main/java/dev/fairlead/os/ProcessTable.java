package dev.fairlead.os;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/// What `/proc` says about processes at this moment. Reading all of it costs some microseconds for each
/// process, so this is for the master thread and for rare occasions.
public final class ProcessTable {
    private static final Path PROC = Path.of("/proc");
    private static final int PAGE = 4096;

    private ProcessTable() {}

    /// One row.
    ///
    /// @param session the process that leads its session
    /// @param isZombie whether it has ended and only waits to be collected
    /// @param residentBytes the memory it has in use
    /// @param environment what it was started with
    public record Row(
            int pid, int parent, int session, boolean isZombie, long residentBytes, Environment environment) {}

    /// What a process was started with, read when it is first asked for, and once.
    public static final class Environment {
        private final Path folder;
        private Optional<String> text = Optional.empty();

        private Environment(Path folder) {
            this.folder = folder;
        }

        /// Whether this `NAME=value` is in it. False for processes of others.
        public boolean holds(String variable) {
            if (text.isEmpty()) {
                text = Optional.of(read());
            }
            return text.get().contains("\0" + variable + "\0");
        }

        private String read() {
            try {
                return "\0" + Files.readString(folder.resolve("environ"), StandardCharsets.ISO_8859_1);
            } catch (IOException goneOrForeign) {
                return "";
            }
        }
    }

    /// Every process there is, in no order.
    public static List<Row> all() {
        List<Row> rows = new ArrayList<>();
        try (DirectoryStream<Path> folders = Files.newDirectoryStream(PROC, "[1-9]*")) {
            for (Path folder : folders) {
                row(folder).ifPresent(rows::add);
            }
        } catch (IOException unreadable) {
            return rows;
        }
        return rows;
    }

    /// One process; empty if it is gone.
    public static Optional<Row> of(int pid) {
        return row(PROC.resolve(Integer.toString(pid)));
    }

    /// The process group it is in; empty if it is gone.
    public static OptionalInt groupOf(int pid) {
        return fields(PROC.resolve(Integer.toString(pid)))
                .map(fields -> OptionalInt.of(Integer.parseInt(fields.get(2))))
                .orElse(OptionalInt.empty());
    }

    /// Whether a signal has stopped it, so that it does nothing until it is told to go on.
    public static boolean isStopped(int pid) {
        return fields(PROC.resolve(Integer.toString(pid)))
                .filter(fields -> fields.getFirst().equals("T"))
                .isPresent();
    }

    /// What its line says behind its name.
    private static Optional<List<String>> fields(Path folder) {
        try {
            String stat = Files.readString(folder.resolve("stat"), StandardCharsets.ISO_8859_1);
            // The name stands in parentheses and may hold any character.
            return Optional.of(List.of(stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1)));
        } catch (IOException gone) {
            return Optional.empty();
        }
    }

    private static Optional<Row> row(Path folder) {
        return fields(folder)
                .map(fields -> new Row(
                        Integer.parseInt(folder.getFileName().toString()),
                        Integer.parseInt(fields.get(1)),
                        Integer.parseInt(fields.get(3)),
                        fields.getFirst().equals("Z") || fields.getFirst().equals("X"),
                        Long.parseLong(fields.get(21)) * PAGE,
                        new Environment(folder)));
    }
}
