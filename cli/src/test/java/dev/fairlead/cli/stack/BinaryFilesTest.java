package dev.fairlead.cli.stack;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairlead.model.plan.PortMap;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BinaryFilesTest {
    @TempDir
    private Path folder = Path.of("");

    @ParameterizedTest
    @CsvSource({
        "etc/nginx/nginx.conf",
        "etc/haproxy/haproxy.cfg",
        "etc/pound/pound.cfg",
        "etc/stunnel/stunnel.conf",
        "etc/systemd/system/app.service",
        "etc/init/app.conf"
    })
    void aByteThatNoTextHoldsIsNamedWithItsLine(String name) throws IOException {
        Path file = folder.resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, "# one\n# two\0\n[https]\naccept = 443\nconnect = 80\n");
        CompiledStack stack =
                new StackReader(new Sources(List.of(folder), Map.of(), Optional.of(folder)), PortMap.NONE).read();
        assertThat(stack.isBroken()).isTrue();
        assertThat(stack.diagnostics().toString()).contains("it is no text: line 2 holds a NUL byte");
    }
}
