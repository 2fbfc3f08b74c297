package dev.fairlead.cli.journalctl;

import dev.fairlead.cli.signal.SignalWatch;
import dev.fairlead.cli.systemctl.Moments;
import dev.fairlead.process.journal.Boots;
import dev.fairlead.process.journal.Boots.Boot;
import dev.fairlead.process.journal.JournalFolder;
import dev.fairlead.time.Clock;
import java.io.IOException;
import java.io.PrintStream;
import java.time.Instant;
import java.util.List;

/// Behaves like journalctl 252, for what the units of a stack have printed.
public final class JournalctlPersonality {
    private static final String VERSION = "systemd 252 (Fairlead)\n";
    private static final List<String> REFUSED = List.of("file", "machine", "user", "verify");

    private final Clock clock;
    private final PrintStream out;
    private final PrintStream err;

    public JournalctlPersonality(Clock clock, PrintStream out, PrintStream err) {
        this.clock = clock;
        this.out = out;
        this.err = err;
    }

    /// @param words without the program's own name
    /// @return the exit status
    public int run(List<String> words) {
        try {
            return run(Request.read(words));
        } catch (IllegalArgumentException misunderstood) {
            err.println(misunderstood.getMessage());
            return 1;
        } catch (Refusal refusal) {
            err.println(refusal.getMessage());
            return 1;
        } catch (IOException unreadable) {
            err.println("Failed to read the journal: " + unreadable.getMessage());
            return 1;
        }
    }

    private int run(Request request) throws Refusal, IOException {
        if (request.has("help")) {
            out.print(HelpText.TEXT);
            return 0;
        }
        if (request.has("version")) {
            out.print(VERSION);
            return 0;
        }
        refuse(request);
        JournalFolder journal = new JournalFolder(Places.journal(request));
        if (request.has("disk-usage")) {
            out.println(
                    "Archived and active journals take up " + Moments.bytes(journal.bytes()) + " in the file system.");
            return 0;
        }
        if (request.has("vacuum-size") || request.has("vacuum-time") || request.has("vacuum-files")) {
            return new Vacuum(journal, now(), out).run(request);
        }
        if (request.has("list-boots")) {
            return boots(request, journal);
        }
        if (request.has("flush") || request.has("sync") || request.has("rotate")) {
            // Lines are written as they come; files are set aside by size.
            return 0;
        }
        if (request.has("follow")) {
            SignalWatch.endOnInterrupt();
        }
        return new Show(request, journal, Boots.of(journal.path()), now(), out, err).run();
    }

    private Instant now() {
        return Instant.ofEpochMilli(clock.wallMillis());
    }

    private static void refuse(Request request) throws Refusal {
        if (request.has("dmesg")) {
            throw new Refusal("-k is not supported: the kernel's messages are not those of a stack; see dmesg");
        }
        for (String option : REFUSED) {
            if (request.has(option)) {
                throw new Refusal("--" + option + " is not supported");
            }
        }
    }

    private int boots(Request request, JournalFolder journal) throws IOException {
        List<Boot> boots = Boots.of(journal.path());
        if (!request.isQuiet() && !boots.isEmpty()) {
            out.println("IDX BOOT ID                          FIRST ENTRY                 LAST ENTRY");
        }
        for (int i = 0; i < boots.size(); i++) {
            long from = boots.get(i).fromMicros();
            long until = i + 1 < boots.size() ? boots.get(i + 1).fromMicros() : Long.MAX_VALUE;
            long[] ends = {from, from};
            journal.read(List.of(), from, entry -> {
                if (entry.wallMicros() < until) {
                    ends[1] = entry.wallMicros();
                }
            });
            String index = Integer.toString(i + 1 - boots.size());
            out.println(" ".repeat(Math.max(0, 3 - index.length())) + index + " "
                    + boots.get(i).id() + " " + Moments.timestamp(ends[0], request.zone()) + " "
                    + Moments.timestamp(ends[1], request.zone()));
        }
        return 0;
    }
}
