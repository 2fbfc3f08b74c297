package dev.fairlead.cli.journalctl;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairlead.cli.systemctl.HostName;
import dev.fairlead.process.journal.Boots;
import dev.fairlead.process.journal.Journal;
import dev.fairlead.process.journal.JournalLimits;
import dev.fairlead.testkit.Said;
import dev.fairlead.time.ManualClock;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JournalctlTest {
    private static final String HOST = HostName.get();

    @TempDir
    Path folder;

    /// Begins at 2026-01-01 00:00:00 UTC.
    private final ManualClock clock = new ManualClock(1_767_225_600_000L);

    @BeforeEach
    void twoRuns() throws IOException {
        try (Journal journal = Journal.open(folder, JournalLimits.DEFAULT, clock)) {
            journal.append("web.service", "web", 11, List.of("one", "<3>two is bad"));
            clock.advance(Duration.ofMinutes(1));
            journal.append("db@1.service", "db", 12, List.of("three"));
        }
        clock.advance(Duration.ofMinutes(1));
        try (Journal journal = Journal.open(folder, JournalLimits.DEFAULT, clock)) {
            journal.append("web.service", "sh", 13, List.of("<7>Four\r", "five \"quoted\""));
        }
        clock.advance(Duration.ofMinutes(1));
    }

    private Said journalctl(String... words) {
        List<String> all = new ArrayList<>(List.of("-D", folder.toString(), "--utc"));
        all.addAll(List.of(words));
        return Said.by((out, err) -> new JournalctlPersonality(clock, out, err).run(all));
    }

    private String texts(String... words) {
        List<String> all = new ArrayList<>(List.of(words));
        all.addAll(List.of("-o", "cat"));
        return journalctl(all.toArray(String[]::new)).out().replace("\n", "|");
    }

    @Test
    void allUnitsComeInOrderAndRunsAreToldApart() throws IOException {
        String second = Boots.of(folder).getLast().id();
        assertThat(journalctl().out()).isEqualTo("""
                Jan 01 00:00:00 HOST web[11]: one
                Jan 01 00:00:00 HOST web[11]: two is bad
                Jan 01 00:01:00 HOST db[12]: three
                -- Boot BOOT --
                Jan 01 00:02:00 HOST sh[13]: Four\r
                Jan 01 00:02:00 HOST sh[13]: five "quoted"
                """.replace("HOST", HOST).replace("BOOT", second));
    }

    @Test
    void linesAreChosen() {
        assertThat(texts("-u", "web")).isEqualTo("one|two is bad|Four\r|five \"quoted\"|");
        assertThat(texts("-u", "web.service", "-n", "1")).isEqualTo("five \"quoted\"|");
        assertThat(texts("-n1", "-u", "db@*")).isEqualTo("three|");
        assertThat(texts("-u", "db@1", "-u", "web", "-n", "3")).isEqualTo("three|Four\r|five \"quoted\"|");
        assertThat(texts("-r", "-n", "2")).isEqualTo("five \"quoted\"|Four\r|");
        assertThat(texts("-p", "err")).isEqualTo("two is bad|");
        assertThat(texts("-p", "info")).isEqualTo("one|two is bad|three|five \"quoted\"|");
        assertThat(texts("-p", "4..7", "-b")).isEqualTo("Four\r|five \"quoted\"|");
        assertThat(texts("-g", "^t")).isEqualTo("two is bad|three|");
        assertThat(texts("-g", "four")).isEqualTo("Four\r|");
        assertThat(texts("-g", "Five")).isEmpty();
        assertThat(texts("-t", "sh")).isEqualTo("Four\r|five \"quoted\"|");
        assertThat(texts("_PID=12")).isEqualTo("three|");
        assertThat(texts("-b", "-1")).isEqualTo("one|two is bad|three|");
        assertThat(texts("--boot=1", "-n", "1")).isEqualTo("three|");
        assertThat(journalctl("-F", "_PID").out()).isEqualTo("11\n12\n13\n");
    }

    @Test
    void momentsBoundWhatIsShown() {
        assertThat(texts("--since", "2026-01-01 00:01", "--until", "00:01:30")).isEqualTo("three|");
        assertThat(texts("-S", "-90s")).isEqualTo("Four\r|five \"quoted\"|");
        assertThat(texts("-U", "2min ago")).isEqualTo("one|two is bad|three|");
        assertThat(texts("-S", "yesterday")).startsWith("one|");
        assertThat(journalctl("-S", "noon")).isEqualTo(new Said(1, "", "Failed to parse timestamp: noon\n"));
    }

    @Test
    void cursorsLeadOn() {
        String said = journalctl("-n", "1", "-u", "db@1", "--show-cursor", "-o", "cat")
                .out();
        String cursor = said.substring(said.indexOf("-- cursor: ") + 11).strip();
        assertThat(texts("--after-cursor", cursor)).isEqualTo("Four\r|five \"quoted\"|");
        assertThat(texts("-c", cursor, "-n", "3")).isEqualTo("three|Four\r|five \"quoted\"|");
        assertThat(journalctl("--after-cursor", "x").status()).isEqualTo(1);
    }

    @Test
    void formatsAreJournalctls() {
        assertThat(journalctl("-n", "1", "-o", "short-iso").out())
                .isEqualTo("2026-01-01T00:02:00+0000 " + HOST + " sh[13]: five \"quoted\"\n");
        assertThat(journalctl("-n", "1", "-o", "short-precise").out())
                .isEqualTo("Jan 01 00:02:00.000002 " + HOST + " sh[13]: five \"quoted\"\n");
        assertThat(journalctl("-n", "1", "-o", "with-unit", "--no-hostname").out())
                .isEqualTo("Thu 2026-01-01 00:02:00 UTC web.service[13]: five \"quoted\"\n");
        assertThat(journalctl("-n", "1", "-o", "short-unix").out()).startsWith("1767225720.000002 ");
        assertThat(journalctl("-n", "1", "-o", "json").out())
                .startsWith("{\"__CURSOR\":\"s=")
                .contains("\"__REALTIME_TIMESTAMP\":\"1767225720000002\",", "\"PRIORITY\":\"6\",", "\"_PID\":\"13\",")
                .endsWith("\"_SYSTEMD_UNIT\":\"web.service\",\"MESSAGE\":\"five \\\"quoted\\\"\"}\n");
        assertThat(journalctl("-n", "1", "-o", "json-pretty").out())
                .startsWith("{\n\t\"__CURSOR\" : \"")
                .endsWith(",\n\t\"MESSAGE\" : \"five \\\"quoted\\\"\"\n}\n");
        assertThat(journalctl("-n", "1", "-o", "verbose").out())
                .startsWith("Thu 2026-01-01 00:02:00.000002 UTC [s=")
                .contains("\n    PRIORITY=6\n", "\n    MESSAGE=five \"quoted\"\n");
        assertThat(journalctl("-n", "1", "-o", "export").out()).endsWith("MESSAGE=five \"quoted\"\n\n");
        assertThat(journalctl("-o", "frob").err()).isEqualTo("Unknown output format 'frob'.\n");
    }

    @Test
    void whatIsNotThereIsSaid() {
        assertThat(journalctl("-u", "nope")).isEqualTo(new Said(0, "", "-- No entries --\n"));
        assertThat(journalctl("-q", "-u", "nope*")).isEqualTo(new Said(0, "", ""));
        assertThat(journalctl("-k").status()).isEqualTo(1);
        assertThat(journalctl("--frob").err()).isEqualTo("journalctl: unrecognized option '--frob'\n");
        assertThat(journalctl("-p", "loud").err()).isEqualTo("Unknown log level loud\n");
        assertThat(journalctl("-n", "x").err()).isEqualTo("Failed to add match 'x': Invalid argument\n");
        assertThat(journalctl("-b", "-7").err()).contains("No such boot ID in journal");
    }

    @Test
    void runsAndSizesAreListed() throws IOException {
        assertThat(journalctl("--list-boots").out())
                .contains(" -1 " + Boots.of(folder).getFirst().id()
                        + " Thu 2026-01-01 00:00:00 UTC Thu 2026-01-01 00:01:00 UTC")
                .contains("  0 " + Boots.of(folder).getLast().id() + " Thu 2026-01-01 00:02:00 UTC ");
        assertThat(journalctl("--disk-usage").out())
                .matches("Archived and active journals take up [0-9.]+[BKM] in the file system\\.\n");
    }

    @Test
    void filesSetAsideAreReadAndRemoved() throws IOException {
        try (Journal journal = Journal.open(folder, new JournalLimits(10, 20_000, 3), clock)) {
            for (int i = 0; i < 1500; i++) {
                clock.advance(Duration.ofSeconds(1));
                journal.append("busy.service", "busy", 1, List.of("line " + i));
            }
        }
        assertThat(texts("-u", "busy", "-n", "700").lines().toList().getFirst())
                .startsWith("line 800|line 801|")
                .endsWith("|line 1499|");
        // 00:03:00 and 1400 s.
        assertThat(texts("-u", "busy", "-S", "2026-01-01 00:26:20", "-n", "2000"))
                .startsWith("line 1399|line 1400|");
        assertThat(journalctl("--vacuum-size=1K").out())
                .contains("Deleted archived journal " + folder.resolve("busy.service.log.3"))
                .contains("Vacuuming done, freed ");
        assertThat(texts("-u", "busy", "-n", "5")).endsWith("|line 1499|");
        assertThat(texts("-u", "web", "-n", "1")).isEqualTo("five \"quoted\"|");
    }
}
