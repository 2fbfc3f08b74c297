package dev.fairlead.cli.adopt;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairlead.cli.stack.CompiledStack;
import dev.fairlead.cli.stack.Sources;
import dev.fairlead.cli.stack.StackReader;
import dev.fairlead.model.plan.PortMap;
import dev.fairlead.source.Severity;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LentAddressesTest {
    @TempDir
    private Path folder = Path.of("");

    @Test
    void anApplicationListensWhereItsSocketUnitSays() throws IOException {
        CompiledStack stack = stack("[Socket]\nListenStream=/run/app.sock\nListenStream=8001\nSocketMode=0660\n");
        assertThat(listeners(stack)).containsExactly("unix:" + root() + "/run/app.sock", "0.0.0.0:8001", "[::]:8001");
        assertThat(stack.complaints(Severity.NOTE))
                .contains("--bind is not listened at: app.socket says where, as for gunicorn itself");
    }

    @Test
    void socketsThatAreNoneOfStreamsLeaveItWhereItsCommandSays() throws IOException {
        assertThat(listeners(stack("[Socket]\nListenDatagram=/run/app.sock\n"))).containsExactly("127.0.0.1:8000");
    }

    private static List<String> listeners(CompiledStack stack) {
        return stack.plan().orElseThrow().listeners().stream()
                .map(listener -> listener.address().text())
                .toList();
    }

    private Path root() throws IOException {
        return folder.toRealPath();
    }

    private CompiledStack stack(String socket) throws IOException {
        Path units = Files.createDirectories(root().resolve("etc/systemd/system"));
        Files.writeString(units.resolve("app.socket"), socket + "[Install]\nWantedBy=sockets.target\n");
        Files.writeString(units.resolve("app.service"), """
                [Unit]
                Requires=app.socket
                [Service]
                ExecStart=/none/bin/gunicorn --bind 127.0.0.1:8000 app:application
                [Install]
                WantedBy=multi-user.target
                """);
        return new StackReader(new Sources(List.of(root()), Map.of(), Optional.of(root())), PortMap.NONE).written();
    }
}
