package dev.fairlead.process.journal;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/// The runs of a supervisor that a journal tells of, in a file of their own: one line for each, its id and when
/// it began.
public final class Boots {
    private static final String FILE = "boots";
    private static final int MOST = 1000;

    private Boots() {}

    /// One run.
    ///
    /// @param id 32 hexadecimal digits
    /// @param fromMicros since 1970; it lasts until the next one begins
    public record Boot(String id, long fromMicros) {}

    /// Oldest first.
    public static List<Boot> of(Path folder) throws IOException {
        List<Boot> boots = new ArrayList<>();
        Path file = folder.resolve(FILE);
        if (Files.exists(file)) {
            for (String line : Files.readAllLines(file, StandardCharsets.UTF_8)) {
                String[] words = line.split(" ", -1);
                if (words.length == 2 && words[0].matches("[0-9a-f]{32}") && words[1].matches("\\d{1,18}")) {
                    boots.add(new Boot(words[0], Long.parseLong(words[1])));
                }
            }
        }
        return boots;
    }

    /// Notes that another one begins.
    static void begin(Path folder, long micros) throws IOException {
        List<Boot> before = of(folder);
        Path file = folder.resolve(FILE);
        if (before.size() >= MOST) {
            StringBuilder kept = new StringBuilder();
            before.subList(before.size() - MOST / 2, before.size())
                    .forEach(boot -> kept.append(boot.id())
                            .append(' ')
                            .append(boot.fromMicros())
                            .append('\n'));
            Files.writeString(file, kept);
        }
        String id = UUID.randomUUID().toString().replace("-", "");
        Files.writeString(file, id + " " + micros + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    }
}
