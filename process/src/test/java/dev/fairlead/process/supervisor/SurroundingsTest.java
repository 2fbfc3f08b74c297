package dev.fairlead.process.supervisor;

import static dev.fairlead.process.supervisor.Stage.service;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.fairlead.model.control.UnitCommand;
import dev.fairlead.model.service.UnitSet;
import dev.fairlead.model.service.execution.Command;
import dev.fairlead.model.service.execution.Commands;
import dev.fairlead.model.service.execution.EnvironmentSource;
import dev.fairlead.model.service.execution.Execution;
import dev.fairlead.model.service.execution.Limit;
import dev.fairlead.model.service.execution.Named;
import dev.fairlead.model.service.execution.OutputTarget;
import dev.fairlead.model.service.execution.WorkingDirectory;
import dev.fairlead.model.service.lifecycle.NotifyAccess;
import dev.fairlead.model.service.lifecycle.Signal;
import dev.fairlead.model.service.lifecycle.Startup;
import dev.fairlead.model.status.UnitStatus;
import dev.fairlead.model.status.UnitStatus.Activity;
import dev.fairlead.os.Accounts;
import dev.fairlead.os.ProcessTable;
import dev.fairlead.process.supervisor.launch.Programs;
import dev.fairlead.source.Problems;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(180)
class SurroundingsTest {
    private static final String WAIT = "; exec sleep 1000";

    @Test
    void serviceIsToldWhoItIs() {
        try (Stage stage = new Stage(service(
                        "web",
                        "echo id=$${#INVOCATION_ID} own=$$((SYSTEMD_EXEC_PID - $$$$)) path=$$PATH "
                                + "notify=$${NOTIFY_SOCKET-none}" + WAIT)
                .build())) {
            stage.awaitLine("web.service", "id=32 own=0 path=" + Programs.PATH + " notify=none");
        }
    }

    @Test
    void environmentIsMadeOfVariablesAndFiles(@TempDir Path folder) throws IOException {
        Files.writeString(folder.resolve("a.env"), "PORT=4001\nNAME='from file'\n");
        List<EnvironmentSource> sources = List.of(
                new EnvironmentSource.FromFile(folder.resolve("a.env"), false, Stage.ORIGIN),
                new EnvironmentSource.FromFile(folder.resolve("none.env"), true, Stage.ORIGIN),
                new EnvironmentSource.Variable("PORT", "80", Stage.ORIGIN),
                new EnvironmentSource.Variable("GONE", "x", Stage.ORIGIN),
                new EnvironmentSource.Unset("GONE", Optional.empty(), Stage.ORIGIN));
        Commands commands = Commands.of(
                Command.of(Stage.ORIGIN, "/bin/sh", "-c", "echo $$1 $$NAME $${GONE-gone}" + WAIT, "sh", "${PORT}"));
        try (Stage stage = new Stage(service("web", "")
                .commands(commands)
                .execution(surroundings().environment(sources).build())
                .build())) {
            stage.awaitLine("web.service", "4001 from file gone");
        }
    }

    @Test
    void missingEnvironmentFileFailsTheStartWithItsLine(@TempDir Path folder) {
        List<EnvironmentSource> sources =
                List.of(new EnvironmentSource.FromFile(folder.resolve("none.env"), false, Stage.ORIGIN));
        try (Stage stage = new Stage(service("web", "sleep 1000")
                .execution(surroundings().environment(sources).build())
                .build())) {
            UnitStatus failed = stage.awaitActivity("web.service", Activity.FAILED);
            assertThat(failed.problem().orElseThrow()).contains("none.env: No such file or directory [test.service:1]");
        }
    }

    @Test
    void missingEnvironmentFileIsToldBefore(@TempDir Path folder) {
        List<EnvironmentSource> sources = List.of(
                new EnvironmentSource.FromFile(folder.resolve("may.env"), true, Stage.ORIGIN),
                new EnvironmentSource.FromFile(folder.resolve("none-*.env"), false, Stage.ORIGIN));
        var service = service("web", "sleep 1000")
                .execution(surroundings().environment(sources).build())
                .build();
        Problems problems = new Problems();
        Preflight.check(UnitSet.allOf(List.of(service)), true, problems);
        assertThat(problems.hasErrors()).isFalse();
        assertThat(problems.render())
                .startsWith("test.service:1:1: warning: there is no file " + folder
                        + "/none-*.env [service.environment-file]");
    }

    @Test
    void processAttributesAreSet(@TempDir Path folder) {
        Execution execution = surroundings()
                .directory(folder)
                .umask(0027)
                .niceness(5)
                .limits(Map.of("NOFILE", new Limit(100, 200, Stage.ORIGIN)))
                .build();
        // The last command replaces the shell, which itself blocks signals while it waits for others.
        try (Stage stage = new Stage(service(
                        "web",
                        "echo $$PWD $$(umask) $$(nice) $$(ulimit -n) $$(ulimit -Hn); "
                                + "exec grep -E 'SigIgn|SigBlk' /proc/self/status")
                .execution(execution)
                .build())) {
            stage.awaitLine("web.service", folder + " 0027 5 100 200");
            stage.awaitLine("web.service", "SigBlk:\t0000000000000000");
            stage.awaitLine("web.service", "SigIgn:\t");
            String ignored = stage.lines("web.service").stream()
                    .filter(line -> line.startsWith("SigIgn:"))
                    .findFirst()
                    .orElseThrow();
            // SIGPIPE and nothing else, but for the two signals libc keeps for itself, which spawning leaves ignored.
            assertThat(Long.parseLong(ignored.substring(8), 16) & ~0x1_8000_0000L)
                    .isEqualTo(0x1000);
        }
    }

    @Test
    void missingWorkingDirectoryFailsUnlessItMayBeMissing(@TempDir Path folder) {
        Path missing = folder.resolve("none");
        try (Stage stage = new Stage(
                service("strict", "sleep 1000")
                        .execution(surroundings().directory(missing).build())
                        .build(),
                service("lax", "pwd" + WAIT)
                        .execution(surroundings()
                                .directory(new WorkingDirectory.At(missing, true, Stage.ORIGIN))
                                .build())
                        .build())) {
            assertThat(stage.awaitActivity("strict.service", Activity.FAILED)
                            .lastExit()
                            .orElseThrow()
                            .code())
                    .isEqualTo(200);
            stage.awaitLine("lax.service", "/");
        }
    }

    @Test
    void outputGoesWhereTheUnitSays(@TempDir Path folder) throws IOException {
        Path file = folder.resolve("out.log");
        Files.writeString(file, "before\n");
        Execution execution = surroundings()
                .output(new OutputTarget.ToFile(file, OutputTarget.FileMode.APPEND))
                .errorOutput(new OutputTarget.Journal())
                .build();
        try (Stage stage = new Stage(service("web", "echo to file; echo to journal >&2" + WAIT)
                .execution(execution)
                .build())) {
            stage.awaitLine("web.service", "to journal");
            assertThat(Files.readString(file)).isEqualTo("before\nto file\n");
            assertThat(stage.lines("web.service")).doesNotContain("to file");
        }
    }

    @Test
    void programMaySeeAnotherNameThanItsOwn() {
        assumeTrue(Programs.find("bash").isPresent(), "bash is not installed");
        Command command = new Command(
                "/bin/sh",
                List.of("other-name", "-c", "echo I am $$0" + WAIT),
                false,
                true,
                Command.Privileges.OF_SERVICE,
                Stage.ORIGIN);
        try (Stage stage =
                new Stage(service("web", "").commands(Commands.of(command)).build())) {
            stage.awaitLine("web.service", "I am other-name");
        }
    }

    @Test
    void rootRunsTheServiceAsItsUser() {
        assumeTrue(Accounts.isRoot(), "only root may change user");
        assumeTrue(Accounts.user("nobody").isPresent(), "there is no user nobody");
        Execution execution = surroundings().user("nobody").build();
        try (Stage stage = new Stage(service("web", "echo $$(id -un) $$USER $$HOME" + WAIT)
                .execution(execution)
                .build())) {
            String home = Accounts.user("nobody").orElseThrow().home();
            stage.awaitLine("web.service", "nobody nobody " + home);
        }
    }

    @Test
    void userThatCannotBeHadIsAWarningWithItsLine() {
        String asked = Accounts.isRoot() ? "no-such-user" : "root";
        Execution execution = surroundings().user(asked).build();
        var service = service("web", "id -u" + WAIT).execution(execution).build();
        Problems problems = new Problems();
        Preflight.check(UnitSet.allOf(List.of(service)), true, problems);
        String warning = Accounts.isRoot() ? "there is no user no-such-user" : "only root may run it as root";
        assertThat(problems.hasErrors()).isFalse();
        assertThat(problems.render()).startsWith("test.service:1:1: warning: " + warning + " [service.user]");
        try (Stage stage = new Stage(service)) {
            stage.awaitLine("web.service", "test.service:1: " + warning + "; it runs as ");
            stage.awaitLine("web.service", Integer.toString(Accounts.currentUid()));
        }
    }

    @Test
    void readinessIsAwaitedAndTold() {
        assumeTrue(Programs.find("systemd-notify").isPresent(), "systemd-notify is not installed");
        try (Stage stage = new Stage(service(
                        "web",
                        "echo armed; read x < /proc/$$$$/cwd/none 2>/dev/null; trap 'systemd-notify --ready "
                                + "--status=\"serving 3 requests\"; echo told' USR1; while :; do sleep 1000 & wait; done")
                .startup(Startup.NOTIFY)
                .access(NotifyAccess.ALL)
                .build())) {
            stage.awaitLine("web.service", "armed");
            assertThat(stage.status("web.service").subState()).isEqualTo("start");
            stage.tell(new UnitCommand.Kill("web", Signal.USR1));
            UnitStatus ready = stage.awaitActivity("web.service", Activity.ACTIVE);
            assertThat(ready.statusText()).contains("serving 3 requests");
            stage.awaitLine("web.service", "told");
        }
    }

    @Test
    void readinessOfStrangersIsNotBelieved() throws Exception {
        assumeTrue(Programs.find("python3").isPresent(), "python3 is not installed");
        // A child of the service is no stranger to NotifyAccess=all, but it is to main.
        String child = "python3 -c 'import socket,os; s=socket.socket(socket.AF_UNIX,socket.SOCK_DGRAM); "
                + "s.sendto(b\"READY=1\", \"\\0\"+os.environ[\"NOTIFY_SOCKET\"][1:])'; echo sent" + WAIT;
        try (Stage stage = new Stage(service("web", child)
                .startup(Startup.NOTIFY)
                .access(NotifyAccess.MAIN)
                .build())) {
            stage.awaitLine("web.service", "sent");
            assertThat(stage.status("web.service").subState()).isEqualTo("start");
        }
    }

    @Test
    void daemonIsFoundByItsFile(@TempDir Path folder) {
        Path file = folder.resolve("daemon.pid");
        try (Stage stage = new Stage(service("web", "(sleep 0.1; exec sleep 1000) & echo $$! > " + file)
                .startup(Startup.FORKING)
                .pidFile(file)
                .build())) {
            UnitStatus up = stage.awaitActivity("web.service", Activity.ACTIVE);
            assertThat(Files.exists(file)).isTrue();
            assertThat(up.mainPid()).isPresent();
            int pid = up.mainPid().orElseThrow();
            stage.tell(new UnitCommand.Stop("web"));
            assertThat(ProcessTable.of(pid).filter(row -> !row.isZombie())).isEmpty();
        }
    }

    @Test
    void daemonWithoutAFileIsGuessed() {
        try (Stage stage = new Stage(
                service("web", "sleep 1000 & exit 0").startup(Startup.FORKING).build())) {
            assertThat(stage.awaitActivity("web.service", Activity.ACTIVE).mainPid())
                    .isPresent();
        }
    }

    private static Surroundings surroundings() {
        return new Surroundings();
    }

    /// An execution to be varied.
    private static final class Surroundings {
        private Execution made = Execution.DEFAULT;

        Surroundings user(String name) {
            return with(Optional.of(new Named(name, Stage.ORIGIN)), made.workingDirectory(), made.environment());
        }

        Surroundings directory(Path path) {
            return directory(new WorkingDirectory.At(path, false, Stage.ORIGIN));
        }

        Surroundings directory(WorkingDirectory directory) {
            return with(made.user(), directory, made.environment());
        }

        Surroundings environment(List<EnvironmentSource> sources) {
            return with(made.user(), made.workingDirectory(), sources);
        }

        Surroundings output(OutputTarget target) {
            return with(target, made.errorOutput(), made.umask(), made.niceness(), made.limits());
        }

        Surroundings errorOutput(OutputTarget target) {
            return with(made.output(), target, made.umask(), made.niceness(), made.limits());
        }

        Surroundings umask(int bits) {
            return with(made.output(), made.errorOutput(), bits, made.niceness(), made.limits());
        }

        Surroundings niceness(int level) {
            return with(made.output(), made.errorOutput(), made.umask(), OptionalInt.of(level), made.limits());
        }

        Surroundings limits(Map<String, Limit> limits) {
            return with(made.output(), made.errorOutput(), made.umask(), made.niceness(), limits);
        }

        private Surroundings with(
                Optional<Named> user, WorkingDirectory directory, List<EnvironmentSource> environment) {
            made = new Execution(
                    user,
                    made.group(),
                    made.supplementaryGroups(),
                    directory,
                    environment,
                    made.output(),
                    made.errorOutput(),
                    made.identifier(),
                    made.umask(),
                    made.niceness(),
                    made.outOfMemoryScore(),
                    made.limits(),
                    made.brokenPipeIsIgnored(),
                    made.gainsNoPrivileges());
            return this;
        }

        private Surroundings with(
                OutputTarget output,
                OutputTarget errorOutput,
                int umask,
                OptionalInt niceness,
                Map<String, Limit> limits) {
            made = new Execution(
                    made.user(),
                    made.group(),
                    made.supplementaryGroups(),
                    made.workingDirectory(),
                    made.environment(),
                    output,
                    errorOutput,
                    made.identifier(),
                    umask,
                    niceness,
                    made.outOfMemoryScore(),
                    limits,
                    made.brokenPipeIsIgnored(),
                    made.gainsNoPrivileges());
            return this;
        }

        Execution build() {
            return made;
        }
    }
}
