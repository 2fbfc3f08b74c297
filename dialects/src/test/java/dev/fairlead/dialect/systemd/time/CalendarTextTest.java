package dev.fairlead.dialect.systemd.time;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.fairlead.model.service.timer.CalendarTime;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class CalendarTextTest {
    private static final Path TOOL = Path.of("/usr/bin/systemd-analyze");
    private static final int TIMES = 6;
    private static final DateTimeFormatter SHOWN = DateTimeFormatter.ofPattern(
                    "EEE yyyy-MM-dd HH:mm:ss", Locale.ENGLISH)
            .withZone(ZoneOffset.UTC);

    private static final List<String> EXPRESSIONS = List.of(
            // words
            "minutely",
            "hourly",
            "daily",
            "weekly",
            "monthly",
            "quarterly",
            "semiannually",
            "semi-annually",
            "biannually",
            "bi-annually",
            "annually",
            "yearly",
            "anually",
            "Daily",
            "DAILY UTC",
            "daily Europe/Berlin",
            "hourly America/New_York",
            "daily Asia/Kolkata",
            "daily Mars/Olympus",
            "fortnightly",
            // weekdays
            "Mon",
            "monday",
            "Mon,Wed",
            "Mon..Fri",
            "Mon-Fri",
            "Sat..Sun",
            "Sun..Mon",
            "Mon..",
            "Mon,",
            "Mon..Wed,Fri",
            "Mon,Tue,Wed,Thu,Fri,Sat,Sun",
            "Mo",
            "Mond",
            "Mon.Fri",
            "Mon..Wed..Fri",
            "Mon Tue",
            "Sun 10:00",
            "Wed, 17:48",
            "Mon *-*-1..7 12:00",
            "Fri *-*-13",
            // dates
            "2026-02-03",
            "*-*-*",
            "*-12-24",
            "12-24",
            "02-29",
            "*-02-29",
            "2027-02-29",
            "*-02-31",
            "26-03-04",
            "99-1-1",
            "69-1-1",
            "70-1-1",
            "2200-01-01",
            "1969-12-31",
            "2026",
            "*-*",
            "*-13-01",
            "*-00-01",
            "*-1-0",
            "*-1-32",
            "*-*-1,15",
            "*-*-1/10",
            "*-1..6-1",
            "*-1/3-1",
            "2025..2028-1-1",
            "*-*-31",
            "*-4,6-31",
            "2026-*-*/7",
            // the end of the month
            "*-*~1",
            "*-*~01",
            "*-02~01",
            "02~01",
            "*-02~03/1",
            "*-*~07/1",
            "Mon *-05~07/1",
            "*-*~1..3",
            "*-*~3..1",
            "*-*~29",
            "*-*~28",
            "*~*-*",
            "2026~01-01",
            // times
            "10:30",
            "10:30:15",
            "*:*",
            "*:0/15",
            "*:*:*",
            "*:*:0/10",
            "0/2:00",
            "8..18:00",
            "8..18/4:30",
            "24:00",
            "23:60",
            "23:59:60",
            "10",
            "10:",
            ":10",
            "10:30:",
            "*:5,25..35:30",
            "00,12:00:00",
            "9..17/2:00",
            "*:*:30.5",
            "*:*:0.25/20",
            "*:*:1..5",
            "*:*:1..1.5",
            "*:*:59.9999999",
            "*:*:1.",
            "*:*:0..59/7",
            "1..1:00",
            "1..1/2:00",
            "*:*:5..5",
            "*:*:5..5/2",
            "*-*~1..1",
            "*-1..1-1",
            "5..3:00",
            "*-*-30,31",
            "*-2-27/1",
            "*:*:*/10",
            "*/5:00",
            "*:0..10/3",
            "*:0,0,0",
            // together, and what is not one
            "2026-03-04 05:06:07",
            "Thu 2026-03-05 05:06",
            "Fri 2026-03-05 05:06",
            "Mon..Fri *-*-* 09,13,17:00",
            "Sat,Sun 12-* 20:15",
            "Mon..Thu,Sat,Sun *-*-* 00:00:00",
            "*-*-* 10:30 UTC",
            "2026-01-15 10:20:30 UTC",
            "2026-01-15 10:20:31 UTC",
            "@1700000000",
            "@1800000000",
            "@",
            "@-5",
            "@1800000000 UTC",
            "",
            " ",
            " daily",
            "daily ",
            "Mon  10:00",
            "*-*-*  10:00",
            "*-*-*T10:00",
            "10:00 x",
            "*-*-* *:*:* *",
            "0x10:00",
            "1e1:00",
            "*-*-1/0",
            "*-*-1/31",
            "*-*-1/30",
            "2026-1-1..",
            "~1",
            "*-~1",
            "Mon *-*~7/1 00:00:00 UTC");

    @Test
    void systemdAnalyzeAgrees() throws IOException {
        assumeTrue(Files.isExecutable(TOOL), "systemd-analyze is not installed");
        Instant base = Instant.parse("2026-01-15T10:20:30Z");
        List<String> theirs = new ArrayList<>();
        List<String> ours = new ArrayList<>();
        for (String expression : EXPRESSIONS) {
            theirs.add(expression + " → " + asked(expression, "2026-01-15 10:20:30 UTC"));
            ours.add(expression + " → " + told(expression, base));
        }
        assertThat(String.join("\n", ours)).isEqualTo(String.join("\n", theirs));
    }

    @Test
    void timesThatAChangeOfClocksLeavesOutArePassedOver() {
        CalendarTime halfPastTwo =
                CalendarText.parse("*-03-29..30 02:30 Europe/Berlin").orElseThrow();
        assertThat(halfPastTwo.next(Instant.parse("2026-03-28T12:00:00Z"), ZoneOffset.UTC))
                .contains(Instant.parse("2026-03-30T00:30:00Z"));
    }

    @Test
    void fractionsOfASecondAreKept() {
        CalendarTime half = CalendarText.parse("*:*:0/0.5").orElseThrow();
        assertThat(half.next(Instant.parse("2026-01-01T00:00:00.1Z"), ZoneOffset.UTC))
                .contains(Instant.parse("2026-01-01T00:00:00.5Z"));
    }

    @Test
    void expressionWithoutZoneIsMeantInThatOfTheMachine() {
        CalendarTime noon = CalendarText.parse("12:00").orElseThrow();
        assertThat(noon.next(Instant.parse("2026-07-01T00:00:00Z"), ZoneId.of("Europe/Berlin")))
                .contains(Instant.parse("2026-07-01T10:00:00Z"));
    }

    /// The spelling and the next times that systemd itself sees in an expression.
    private static String asked(String expression, String base) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(
                TOOL.toString(), "calendar", "--base-time=" + base, "--iterations=" + TIMES, "--", expression);
        builder.environment().put("TZ", "UTC");
        builder.environment().put("LC_ALL", "C.UTF-8");
        Process process = builder.redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        List<String> all = new ArrayList<>();
        for (String line : output.lines().map(String::strip).toList()) {
            int colon = line.indexOf(": ");
            String label = colon < 0 ? "" : line.substring(0, colon);
            if (label.equals("Normalized form") || label.equals("Next elapse") || label.startsWith("Iter. #")) {
                all.add(line.substring(colon + 2).replace(" UTC", ""));
            }
        }
        return all.isEmpty() ? "invalid" : String.join(" | ", all);
    }

    private static String told(String expression, Instant base) {
        Optional<CalendarTime> time = CalendarText.parse(expression);
        if (time.isEmpty()) {
            return "invalid";
        }
        List<String> all = new ArrayList<>(List.of(time.get().text().replace(" UTC", "")));
        Optional<Instant> next = time.get().next(base, ZoneOffset.UTC);
        for (int i = 0; i < TIMES && next.isPresent(); i++) {
            all.add(SHOWN.format(next.get()));
            next = time.get().next(next.get(), ZoneOffset.UTC);
        }
        if (all.size() == 1) {
            all.add("never");
        }
        return String.join(" | ", all);
    }
}
