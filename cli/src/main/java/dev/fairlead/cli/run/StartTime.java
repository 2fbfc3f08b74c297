package dev.fairlead.cli.run;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/// How long ago Java began to run, as the kernel counts it. What the launcher did before, such as building, is
/// left out: not the process counts, but its main thread.
final class StartTime {
    /// The kernel counts a process's start in hundredths of a second since boot.
    private static final int MILLIS_PER_TICK = 10;
    private static final int START_FIELD = 19;

    private StartTime() {}

    /// In milliseconds, to a hundredth of a second; 0 where the kernel does not say. To be called on the main
    /// thread.
    static long millisAgo() {
        try {
            String stat = Files.readString(Path.of("/proc/thread-self/stat"), StandardCharsets.ISO_8859_1);
            String uptime = Files.readString(Path.of("/proc/uptime"), StandardCharsets.ISO_8859_1);
            // The program's name stands in parentheses and may hold any character.
            String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
            long started = Long.parseLong(fields[START_FIELD]) * MILLIS_PER_TICK;
            long now = (long) (Double.parseDouble(uptime.substring(0, uptime.indexOf(' '))) * 1000);
            return Math.max(0, now - started);
        } catch (IOException | NumberFormatException unknown) {
            return 0;
        }
    }
}
