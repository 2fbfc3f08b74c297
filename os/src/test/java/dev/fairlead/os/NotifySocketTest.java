package dev.fairlead.os;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class NotifySocketTest {
    @Test
    void messageArrivesWithItsSender() throws OsException {
        try (NotifySocket socket = NotifySocket.bind(abstractName("own"))) {
            NotifySocket.send(socket.name(), "READY=1\nSTATUS=as you like it");
            NotifySocket.Message message = socket.receive().orElseThrow();
            assertThat(message.pid()).isEqualTo((int) ProcessHandle.current().pid());
            assertThat(message.uid()).isEqualTo(Accounts.currentUid());
            assertThat(message.text()).isEqualTo("READY=1\nSTATUS=as you like it");
            assertThat(socket.receive()).isEqualTo(Optional.empty());
        }
    }

    @Test
    void socketMayBeAFile(@TempDir Path folder) throws OsException {
        String name = folder.resolve("notify").toString();
        try (NotifySocket socket = NotifySocket.bind(name)) {
            NotifySocket.send(name, "STOPPING=1");
            assertThat(socket.receive().orElseThrow().text()).isEqualTo("STOPPING=1");
        }
    }

    @Test
    @EnabledIf("systemdNotifyIsInstalled")
    void systemdNotifyIsHeardAndItsBarrierReleasesIt() throws IOException, InterruptedException {
        try (NotifySocket socket = NotifySocket.bind(abstractName("tool"))) {
            ProcessBuilder builder = new ProcessBuilder("systemd-notify", "--ready", "--status=up");
            builder.environment().put("NOTIFY_SOCKET", socket.name());
            Process process = builder.start();
            assertThat(awaitMessage(socket).text()).contains("READY=1").contains("STATUS=up");
            assertThat(awaitMessage(socket).text()).contains("BARRIER=1");
            assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
            assertThat(process.exitValue()).isZero();
        }
    }

    static boolean systemdNotifyIsInstalled() {
        return Files.isExecutable(Path.of("/usr/bin/systemd-notify"));
    }

    private static NotifySocket.Message awaitMessage(NotifySocket socket) throws OsException {
        while (true) {
            Optional<NotifySocket.Message> message = socket.receive();
            if (message.isPresent()) {
                return message.get();
            }
            Thread.onSpinWait();
        }
    }

    private static String abstractName(String suffix) {
        return "@fairlead-test-" + ProcessHandle.current().pid() + "-" + suffix;
    }
}
