package dev.fairlead.cli.install;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.fairlead.cli.stack.Sources;
import dev.fairlead.cli.stack.StackReader;
import dev.fairlead.model.plan.PortMap;
import dev.fairlead.testkit.ProcessUnderTest;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What `install` writes, and that `uninstall` takes away exactly that.
class InstallationTest {
    @TempDir
    private Path folder;

    private final ByteArrayOutputStream said = new ByteArrayOutputStream();
    private Path machine = Path.of("");
    private Path units = Path.of("");
    private Path stack = Path.of("");

    @BeforeEach
    void makeStack() throws IOException {
        machine = Files.createDirectory(folder.resolve("machine"));
        units = machine.resolve("etc/systemd/system");
        stack = Files.createDirectory(folder.resolve("my shop"));
        Files.writeString(stack.resolve("site.conf"), "server { listen 80; location / { return 204; } }\n");
    }

    private int install(Map<Integer, Integer> ports, String... user) {
        return installation(Stream.of(user).findFirst())
                .install(
                        new StackReader(Sources.of(stack), new PortMap(ports)).read(),
                        ports.isEmpty() ? List.of() : List.of("--ports=80=8080"),
                        false);
    }

    private Installation installation(Optional<String> user) {
        said.reset();
        PrintStream out = new PrintStream(said, true, StandardCharsets.UTF_8);
        return new Installation(machine, stack, user, Path.of("/bin/true"), out, out);
    }

    private String said() {
        return said.toString(StandardCharsets.UTF_8);
    }

    private String unit() throws IOException {
        return Files.readString(units.resolve("fairlead-my_shop.service"));
    }

    private void service(String settings) throws IOException {
        Files.writeString(stack.resolve("app.service"), "[Service]\nExecStart=/bin/sleep 600\n" + settings);
    }

    @Test
    void aFrontAloneIsConfinedMoreThanAStackThatStartsProcesses() throws IOException {
        assertThat(install(Map.of())).isZero();
        assertThat(unit())
                .contains("ProtectSystem=strict", "CapabilityBoundingSet=CAP_DAC_OVERRIDE CAP_NET_BIND_SERVICE\n")
                .contains("ExecStart=/bin/true up \"" + stack + "\"\n");
        service("");
        assertThat(install(Map.of())).isZero();
        assertThat(unit())
                .contains("ProtectSystem=full", "# app.service runs as root and may need any capability.")
                .doesNotContain("CapabilityBoundingSet=");
    }

    @Test
    void capabilitiesAreThoseTheFilesAskFor() throws IOException {
        service("User=daemon\nPrivateTmp=yes\nNice=-5\nAmbientCapabilities=CAP_NET_RAW\n");
        assertThat(install(Map.of(80, 8080))).isZero();
        assertThat(unit())
                .contains("--ports=80=8080")
                .contains("CapabilityBoundingSet=CAP_CHOWN CAP_DAC_OVERRIDE CAP_FOWNER CAP_KILL CAP_MKNOD CAP_NET_ADMIN"
                        + " CAP_NET_RAW CAP_SETGID CAP_SETPCAP CAP_SETUID CAP_SYS_ADMIN CAP_SYS_NICE\n");
        assertThat(install(Map.of(), "www-data")).isZero();
        assertThat(unit())
                .contains("User=www-data\n", "AmbientCapabilities=CAP_NET_BIND_SERVICE\n")
                .contains("FAIRLEAD_RUNTIME_DIR=%t/fairlead-my_shop/control");
        assertThat(said()).contains("app.service asks for User=daemon and will run as www-data");
    }

    @Test
    void systemdFindsNothingWrongWithTheUnit() throws IOException {
        Path analyze = Path.of("/usr/bin/systemd-analyze");
        assumeTrue(Files.isExecutable(analyze), "systemd-analyze is not installed");
        for (String user : List.of("root", "daemon")) {
            assertThat(install(Map.of(), user)).isZero();
            Path unit = units.resolve("fairlead-my_shop.service");
            assertThat(ProcessUnderTest.run(folder, analyze.toString(), "verify", "--man=no", unit.toString())
                            .output())
                    .isEmpty();
        }
    }

    @Test
    void aLaterSystemdIsAskedToWaitForReloads() throws IOException {
        Path libraries = Files.createDirectories(machine.resolve("usr/lib/x86_64-linux-gnu/systemd"));
        Files.createFile(libraries.resolve("libsystemd-shared-252.so"));
        assertThat(install(Map.of())).isZero();
        assertThat(unit()).contains("Type=notify\n", "ExecReload=/bin/true reload -C ");
        Files.createFile(libraries.resolve("libsystemd-shared-255.4-1.so"));
        assertThat(install(Map.of())).isZero();
        assertThat(unit()).contains("Type=notify-reload\n").doesNotContain("ExecReload=");
    }

    @Test
    void whatIsInstalledIsTakenAwayAgainAndNothingElse() throws IOException {
        Path wants = Files.createDirectories(units.resolve("multi-user.target.wants"));
        Files.writeString(units.resolve("other.service"), "[Service]\nExecStart=/bin/true\n");
        Files.createSymbolicLink(wants.resolve("other.service"), Path.of("../other.service"));
        List<Path> before = tree();
        assertThat(install(Map.of())).isZero();
        assertThat(tree()).hasSize(before.size() + 2);
        assertThat(said()).contains("Wrote ", "Created symlink ");
        assertThat(installation(Optional.empty()).uninstall(false)).isZero();
        assertThat(tree()).isEqualTo(before);
        assertThat(installation(Optional.empty()).uninstall(false)).isOne();
        assertThat(said()).contains("nothing to take away");
    }

    @Test
    void aUnitOfSomebodyElseStays() throws IOException {
        Files.createDirectories(units);
        Path unit = units.resolve("fairlead-my_shop.service");
        Files.writeString(unit, "[Service]\nExecStart=/bin/true\n");
        assertThat(installation(Optional.empty()).uninstall(false)).isOne();
        assertThat(said()).contains("was not written by fairlead install; it stays");
        assertThat(install(Map.of())).isOne();
        assertThat(said()).contains("is there and not for " + stack);
        Files.writeString(stack.resolve("site.conf"), "server { oops; }\n");
        assertThat(install(Map.of())).isOne();
        assertThat(said()).contains("unknown directive", "nothing was installed");
        assertThat(unit).hasContent("[Service]\nExecStart=/bin/true\n");
    }

    private List<Path> tree() throws IOException {
        try (Stream<Path> files = Files.walk(machine)) {
            return files.sorted().toList();
        }
    }
}
