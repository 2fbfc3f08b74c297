package dev.fairlead.conformance.systemd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.fairlead.conformance.Distribution;
import dev.fairlead.testkit.ProcessUnderTest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// A stack that `fairlead install` has made a service of the machine's systemd, which is booted in namespaces of
/// its own.
@Timeout(300)
class InstalledStackTest {
    @TempDir
    private Path folder;

    private Path machine = Path.of("");
    private Path units = Path.of("");
    private Path stack = Path.of("");

    @BeforeEach
    void makeStack() throws IOException {
        Distribution.require();
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxrwxrwx"));
        machine = Files.createDirectory(folder.resolve("machine"));
        units = machine.resolve("etc/systemd/system");
        stack = Files.createDirectory(folder.resolve("shop"));
        Files.setPosixFilePermissions(stack, PosixFilePermissions.fromString("rwxrwxrwx"));
        Files.writeString(stack.resolve("site.conf"), site("first"));
        Files.writeString(stack.resolve("base.service"), service(""));
        Files.writeString(stack.resolve("app.service"), service("[Unit]\nAfter=base.service\n"));
    }

    private static String site(String answer) {
        return "server { listen 80; location / { return 200 \"" + answer + "\\n\"; } }\n";
    }

    private String service(String more) {
        return more + """
                [Service]
                User=nobody
                ExecStart=/bin/sh -c 'echo up %%n as $$(id -un) >>%1$s/log; trap "echo down %%n >>%1$s/log; exit 0" TERM; \\
                  while :; do sleep 0.1; done'
                """.formatted(stack);
    }

    private String fairlead(String... words) {
        List<String> command =
                new ArrayList<>(List.of(Distribution.launcher().orElseThrow().toString()));
        command.addAll(List.of(words));
        ProcessUnderTest told = ProcessUnderTest.run(folder, command.toArray(String[]::new));
        return told.output();
    }

    @Test
    void systemdStartsReloadsAndStopsItByTheUnitInstallHasWritten() throws IOException, InterruptedException {
        assumeTrue(Files.isExecutable(SystemdMachine.SYSTEMD), "systemd is not installed");
        assumeTrue((Integer) Files.getAttribute(Path.of("/proc/self"), "unix:uid") == 0, "only root can boot systemd");
        assertThat(fairlead("install", stack.toString(), "--root", machine.toString()))
                .contains("Wrote " + units.resolve("fairlead-shop.service"), "Created symlink ");
        for (String target : List.of("sysinit", "basic", "network-online", "shutdown")) {
            Files.writeString(units.resolve(target + ".target"), "[Unit]\nDefaultDependencies=no\n");
        }
        String before = "mount -t tmpfs tmpfs /var/lib";
        Optional<String> obstacle = SystemdMachine.boot(
                folder, units, before, """
                cd %1$s
                exec >out 2>&1
                state() { systemctl show -P StatusText fairlead-shop; systemctl is-active fairlead-shop; }
                touch begun
                systemctl start fairlead-shop
                echo "start $?"
                state
                curl -s http://127.0.0.1/
                echo '%2$s' >shop/site.conf
                systemctl reload fairlead-shop
                echo "reload $?"
                state
                curl -s http://127.0.0.1/
                echo 'server { listen 80; oops; }' >shop/site.conf
                systemctl reload fairlead-shop >/dev/null
                echo "reload $?"
                state
                curl -s http://127.0.0.1/
                systemctl stop fairlead-shop
                echo "stop $?"
                systemctl show -P Result fairlead-shop
                systemctl is-active fairlead-shop
                cat shop/log
                touch done
                """.formatted(folder, site("second").strip()));
        String said = Files.exists(folder.resolve("out")) ? Files.readString(folder.resolve("out")) : "";
        assumeTrue(obstacle.isEmpty() || !said.isEmpty(), obstacle.orElse(""));
        assertThat(said.replaceAll("(?m)^Job for .*\\n|^See \"system.*\\n", "")).isEqualTo("""
                start 0
                Configuration 1 serves at 1 addresses; 2 of 2 units are up
                active
                first
                reload 0
                Configuration 2 serves at 1 addresses; 2 of 2 units are up
                active
                second
                reload 1
                Configuration 2 serves at 1 addresses; 2 of 2 units are up; the last reload failed and changed nothing
                active
                second
                stop 0
                success
                inactive
                up base.service as nobody
                up app.service as nobody
                down app.service
                down base.service
                """);
    }
}
