package dev.fairlead.cli.program;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairlead.cli.systemctl.SystemctlPersonality;
import dev.fairlead.testkit.Deadline;
import dev.fairlead.testkit.ProcessUnderTest;
import dev.fairlead.testkit.Said;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// The verbs of systemctl that need a stack that runs.
@Timeout(180)
class SystemctlTest {
    private final Path folder;
    private final Path root;
    private final Program program;

    SystemctlTest(@TempDir Path temporary) throws IOException {
        folder = temporary;
        root = temporary.resolve("shop");
        program = new Program(temporary);
        Path units = Files.createDirectories(root.resolve("etc/systemd/system"));
        Path wants = Files.createDirectory(units.resolve("multi-user.target.wants"));
        Files.writeString(units.resolve("web.service"), """
                [Unit]
                Description=The web
                Wants=off.service
                [Service]
                Environment=A=1 "B=two words"
                ExecStart=/bin/sh -c 'echo web is here; exec sleep 600'
                ExecReload=/bin/true
                [Install]
                WantedBy=multi-user.target
                """);
        Files.writeString(units.resolve("off.service"), "[Service]\nExecStart=/bin/sleep 600\n");
        Files.writeString(units.resolve("bad.service"), """
                [Unit]
                Description=Fails
                [Service]
                Type=oneshot
                ExecStart=/bin/false
                """);
        Files.writeString(units.resolve("spare.service"), """
                [Service]
                ExecStart=/bin/sleep 600
                [Install]
                WantedBy=multi-user.target
                """);
        Files.createSymbolicLink(wants.resolve("web.service"), Path.of("../web.service"));
    }

    private Said systemctl(String... words) {
        List<String> all = new ArrayList<>(List.of("-C", socket().toString()));
        all.addAll(List.of(words));
        return Said.by((out, err) -> new SystemctlPersonality(out, err).run(all));
    }

    private Path socket() {
        try (Stream<Path> files = Files.list(folder.resolve("run"))) {
            return files.filter(file -> file.toString().endsWith(".sock"))
                    .findFirst()
                    .orElseThrow();
        } catch (IOException absent) {
            throw new IllegalStateException(absent);
        }
    }

    @Test
    void whatRunsIsShownAndExitStatusesAreSystemctls() {
        try (ProcessUnderTest up = program.up(root)) {
            assertThat(systemctl("is-active", "web")).isEqualTo(new Said(0, "active\n", ""));
            assertThat(systemctl("is-active", "bad")).isEqualTo(new Said(3, "inactive\n", ""));
            assertThat(systemctl("is-active", "-q", "nope")).isEqualTo(new Said(3, "", ""));
            assertThat(systemctl("is-system-running")).isEqualTo(new Said(0, "running\n", ""));

            assertThat(systemctl("start", "bad")).isEqualTo(new Said(1, "", """
                    Job for bad.service failed because the control process exited with error code.
                    See "systemctl status bad.service" and "journalctl -xeu bad.service" for details.
                    """));
            assertThat(systemctl("is-failed", "bad")).isEqualTo(new Said(0, "failed\n", ""));
            assertThat(systemctl("is-system-running")).isEqualTo(new Said(1, "degraded\n", ""));
            assertThat(systemctl("list-units", "--no-legend")).isEqualTo(new Said(0, """
                    ● bad.service loaded failed failed  Fails
                      off.service loaded active running off.service
                      web.service loaded active running The web
                    """, ""));
            Said failed = systemctl("status", "bad");
            assertThat(failed.status()).isEqualTo(3);
            assertThat(failed.out())
                    .startsWith("× bad.service - Fails\n     Loaded: loaded (" + root)
                    .contains("     Active: failed (Result: exit-code) since ", "(code=exited, status=1/FAILURE)")
                    .contains("Failed with result 'exit-code'.");
            assertThat(systemctl("reset-failed")).isEqualTo(new Said(0, "", ""));
            assertThat(systemctl("is-failed", "bad")).isEqualTo(new Said(1, "inactive\n", ""));

            assertThat(systemctl("status", "nope"))
                    .isEqualTo(new Said(4, "", "Unit nope.service could not be found.\n"));
            assertThat(systemctl("start", "nope"))
                    .isEqualTo(new Said(5, "", "Failed to start nope.service: Unit nope.service not found.\n"));
            assertThat(systemctl("stop", "nope"))
                    .isEqualTo(new Said(5, "", "Failed to stop nope.service: Unit nope.service not loaded.\n"));
            assertThat(systemctl("reload", "off").err())
                    .isEqualTo(
                            "Failed to reload off.service: Job type reload is not applicable for unit off.service.\n");
            assertThat(systemctl("daemon-restart").err())
                    .isEqualTo("Unknown command verb daemon-restart, did you mean daemon-reload?\n");
            assertThat(systemctl("list-dependencies", "web").out()).isEqualTo("web.service\n● └─off.service\n");
            assertThat(systemctl("list-dependencies", "--reverse", "--plain", "off")
                            .out())
                    .isEqualTo("off.service\n  web.service\n");
            up.awaitLine("bad.service", line -> line.contains("bad.service"), Deadline.inSeconds(60));
        }
    }

    @Test
    void unitsAreStartedStoppedRestartedAndKilled() {
        try (ProcessUnderTest up = program.up(root)) {
            String before = systemctl("show", "-P", "MainPID", "web").out();
            assertThat(systemctl("try-restart", "web", "bad").status()).isZero();
            String after = systemctl("show", "-p", "MainPID", "--value", "web").out();
            assertThat(after).isNotEqualTo(before).isNotEqualTo("0\n");
            assertThat(systemctl("reload-or-restart", "web").status()).isZero();
            assertThat(systemctl("show", "-P", "MainPID", "web").out()).isEqualTo(after);

            assertThat(systemctl("stop", "w*", "off").status()).isZero();
            assertThat(systemctl("is-active", "web", "off").out()).isEqualTo("inactive\ninactive\n");
            assertThat(systemctl("start", "off").status()).isZero();
            assertThat(systemctl("kill", "--kill-whom=main", "-s", "KILL", "off")
                            .status())
                    .isZero();
            up.awaitLine("the end", line -> line.contains("off.service: Failed with result"), Deadline.inSeconds(60));
            assertThat(systemctl("show", "off", "-p", "Result,ExecMainStatus,ExecMainCode")
                            .out())
                    .isEqualTo("Result=signal\nExecMainCode=2\nExecMainStatus=9\n");
            assertThat(systemctl("show", "web", "-p", "Environment,UnitFileState,LoadState,Wants,FragmentPath")
                            .out())
                    .isEqualTo("Environment=A=1 \"B=two words\"\nWants=off.service\nLoadState=loaded\nFragmentPath="
                            + root.resolve("etc/systemd/system/web.service") + "\nUnitFileState=enabled\n");
        }
    }

    @Test
    void whoWaitsIsAnsweredWhenTheUnitHasEnded() throws IOException {
        Path done = folder.resolve("done");
        Files.writeString(
                root.resolve("etc/systemd/system/brief.service"),
                "[Service]\nExecStart=/bin/sh -c 'sleep 0.5; touch %s'\n".formatted(done));
        try (ProcessUnderTest up = program.up(root)) {
            assertThat(systemctl("start", "--wait", "brief")).isEqualTo(new Said(0, "", ""));
            assertThat(done).exists();
            assertThat(systemctl("start", "--wait", "bad").status()).isEqualTo(1);
            assertThat(systemctl("isolate", "web").status()).isNotZero();
            up.awaitLine("brief.service", line -> line.contains("brief.service"), Deadline.inSeconds(60));
        }
    }

    @Test
    void socketsAndTimersAreListedWithWhatTheyStart() throws IOException {
        Path units = root.resolve("etc/systemd/system");
        Path listened = folder.resolve("asked.sock");
        Files.writeString(units.resolve("asked.socket"), "[Socket]\nListenStream=" + listened + "\n");
        Files.writeString(units.resolve("asked.service"), "[Service]\nExecStart=/bin/sleep 600\n");
        Files.writeString(
                units.resolve("nightly.timer"),
                "[Timer]\nOnCalendar=*-*-* 03:00\nOnActiveSec=50min\nUnit=bad.service\n");
        try (ProcessUnderTest up = program.up(root)) {
            assertThat(systemctl("list-sockets").out())
                    .isEqualTo("0 sockets listed.\nPass --all to see loaded but" + " inactive sockets, too.\n");
            assertThat(systemctl("start", "asked.socket", "nightly.timer")).isEqualTo(new Said(0, "", ""));
            String sockets = systemctl("list-sockets", "--no-legend").out();
            assertThat(sockets).endsWith("asked.sock asked.socket asked.service\n");
            String timers = systemctl("list-timers").out();
            assertThat(timers)
                    .startsWith("NEXT ")
                    .containsPattern("\n\\w{3} \\d{4}-\\d\\d-\\d\\d .* left +- +- +nightly\\.timer bad\\.service\n")
                    .endsWith("\n1 timers listed.\nPass --all to see loaded but inactive timers, too.\n");
            assertThat(systemctl("stop", "nightly.timer").status()).isZero();
            assertThat(systemctl("list-timers", "--all").out()).contains("nightly.timer", "1 timers listed.");
            up.awaitLine("asked.socket", line -> line.contains("asked.socket"), Deadline.inSeconds(60));
        }
    }

    @Test
    void whatIsEnabledNowRunsAtOnceAndAUnitWrittenLaterIsFound() throws IOException {
        try (ProcessUnderTest up = program.up(root)) {
            assertThat(systemctl("enable", "--now", "spare").err()).startsWith("Created symlink ");
            assertThat(systemctl("is-active", "spare").out()).isEqualTo("active\n");
            assertThat(systemctl("disable", "--now", "spare").err()).startsWith("Removed ");
            assertThat(systemctl("is-active", "spare").out()).isEqualTo("inactive\n");
            Files.writeString(
                    root.resolve("etc/systemd/system/later.service"), "[Service]\nExecStart=/bin/sleep 600\n");
            assertThat(systemctl("start", "later")).isEqualTo(new Said(0, "", ""));
            assertThat(systemctl("mask", "hidden").status()).isZero();
            assertThat(systemctl("restart", "hidden").err())
                    .isEqualTo("Failed to restart hidden.service: Unit hidden.service is masked.\n");
            assertThat(systemctl("daemon-reload").status()).isZero();
            up.awaitLine("later.service", line -> line.contains("later.service"), Deadline.inSeconds(60));
        }
    }

    @Test
    void whatUnitsPrintedOutlivesASupervisorThatIsKilled() {
        try (ProcessUnderTest up = program.up(root)) {
            // The unit runs before its shell has said anything.
            Deadline.inSeconds(60)
                    .await(
                            "the unit's words",
                            () -> systemctl("status", "web").out().contains("]: web is here"));
            up.signal("KILL");
            up.awaitExit(Deadline.inSeconds(60));
        }
        String before = program.run("journalctl", "--root=" + root, "-u", "web", "-o", "cat")
                .output();
        assertThat(before).contains("web is here", "Started The web.");
        try (ProcessUnderTest again = program.up(root)) {
            Deadline.inSeconds(60)
                    .await(
                            "the unit's words, twice",
                            () -> program.run("logs", "web").output().split("web is here", -1).length == 3);
            assertThat(systemctl("status", "web").out()).contains(" sh[", " fairlead[");
            again.awaitLine("the unit", line -> line.contains("web.service"), Deadline.inSeconds(60));
        }
    }

    @Test
    void aSupervisorIsStartedForARootThatNeedsOne() {
        ProcessUnderTest start = program.run("systemctl", "--root=" + root, "start", "web");
        try {
            assertThat(start.output()).contains("Started a supervisor for " + root);
            assertThat(start.awaitExit(Deadline.inSeconds(60))).isZero();
            assertThat(systemctl("is-active", "web").out()).isEqualTo("active\n");
        } finally {
            assertThat(program.run("stop").output()).contains("stopped");
        }
    }
}
