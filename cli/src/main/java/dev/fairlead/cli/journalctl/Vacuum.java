package dev.fairlead.cli.journalctl;

import dev.fairlead.cli.systemctl.Moments;
import dev.fairlead.dialect.systemd.time.Timestamps;
import dev.fairlead.process.journal.JournalFolder;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/// Removes files that are no longer written, the oldest first. Files that are written stay.
///
/// @param out where it is said what was removed
record Vacuum(JournalFolder journal, Instant now, PrintStream out) {

    int run(Request request) throws Refusal, IOException {
        long most =
                request.has("vacuum-size") ? bytes(request.value("vacuum-size").orElse("")) : Long.MAX_VALUE;
        Instant oldest = request.has("vacuum-time")
                ? Timestamps.parse("-" + request.value("vacuum-time").orElse(""), now, ZoneOffset.UTC)
                        .orElseThrow(() -> new Refusal("Failed to parse vacuum time: "
                                + request.value("vacuum-time").orElse("")))
                : Instant.EPOCH;
        String files = request.value("vacuum-files").orElse("0");
        if (!files.matches("\\d{1,9}")) {
            throw new Refusal("Failed to parse vacuum files: " + files);
        }
        int mostFiles = Integer.parseInt(files) == 0 ? Integer.MAX_VALUE : Integer.parseInt(files);
        List<Path> archived = new ArrayList<>(journal.archived());
        archived.sort(Comparator.comparing(Vacuum::modified));
        long freed = 0;
        while (!archived.isEmpty()) {
            Path file = archived.removeFirst();
            boolean isTooMuch =
                    journal.bytes() > most || modified(file).isBefore(oldest) || archived.size() + 1 > mostFiles;
            if (isTooMuch) {
                long size = Files.size(file);
                Files.delete(file);
                freed += size;
                out.println("Deleted archived journal " + file + " (" + Moments.bytes(size) + ").");
            }
        }
        out.println(
                "Vacuuming done, freed " + Moments.bytes(freed) + " of archived journals from " + journal.path() + ".");
        return 0;
    }

    private static Instant modified(Path file) {
        try {
            return Files.getLastModifiedTime(file).toInstant();
        } catch (IOException gone) {
            return Instant.MAX;
        }
    }

    private static long bytes(String text) throws Refusal {
        String number = text.replaceFirst("[KMGTkmgt]?[Bb]?$", "");
        if (!number.matches("\\d{1,12}")) {
            throw new Refusal("Failed to parse vacuum size: " + text);
        }
        String unit = text.substring(number.length()).toUpperCase(Locale.ROOT);
        int power = unit.isEmpty() ? -1 : "KMGT".indexOf(unit.charAt(0));
        return Long.parseLong(number) << (10 * (power + 1));
    }
}
