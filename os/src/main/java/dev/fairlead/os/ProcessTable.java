package dev.fairlead.os;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

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
    public record Row(int pid, int parent, int session, boolean isZombie, long residentBytes) {}

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

    /// Whether the environment the process was started with holds this `NAME=value`. False for processes of
    /// others.
    public static boolean wasStartedWith(int pid, String variable) {
        try {
            String all = Files.readString(PROC.resolve(pid + "/environ"), StandardCharsets.ISO_8859_1);
            return ("\0" + all).contains("\0" + variable + "\0");
        } catch (IOException goneOrForeign) {
            return false;
        }
    }

    private static Optional<Row> row(Path folder) {
        try {
            String stat = Files.readString(folder.resolve("stat"), StandardCharsets.ISO_8859_1);
            // The name stands in parentheses and may hold any character.
            int afterName = stat.lastIndexOf(')') + 2;
            String[] fields = stat.substring(afterName).split(" ", -1);
            return Optional.of(new Row(
                    Integer.parseInt(folder.getFileName().toString()),
                    Integer.parseInt(fields[1]),
                    Integer.parseInt(fields[3]),
                    fields[0].equals("Z") || fields[0].equals("X"),
                    Long.parseLong(fields[21]) * PAGE));
        } catch (IOException | NumberFormatException gone) {
            return Optional.empty();
        }
    }
}
