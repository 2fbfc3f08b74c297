package dev.fairlead.process.master;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// What a worker was doing, as it wrote it down on SIGUSR2.
final class Stacks {
    /// The most recent call comes first.
    private static final Pattern FRAME = Pattern.compile("File \"([^\"]*)\", line (\\d+) in (\\S+)");

    private Stacks() {}

    /// The stacks of all threads; empty if it wrote none.
    static Optional<String> read(int pid) {
        try {
            String text = Files.readString(Path.of("/proc/" + pid + "/fd/5"));
            return text.isBlank() ? Optional.empty() : Optional.of(text.strip());
        } catch (IOException unreadable) {
            return Optional.empty();
        }
    }

    /// Where the main thread was, as `views.py:88 in report`.
    static Optional<String> place(String stacks) {
        int current = stacks.indexOf("Current thread");
        Matcher frame = FRAME.matcher(stacks.substring(Math.max(0, current)));
        while (frame.find()) {
            if (!frame.group(1).contains("fairlead_worker")) {
                String file = frame.group(1);
                return Optional.of(
                        file.substring(file.lastIndexOf('/') + 1) + ":" + frame.group(2) + " in " + frame.group(3));
            }
        }
        return Optional.empty();
    }
}
