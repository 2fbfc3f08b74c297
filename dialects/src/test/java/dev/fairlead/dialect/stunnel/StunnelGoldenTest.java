package dev.fairlead.dialect.stunnel;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairlead.dialect.FileSource;
import dev.fairlead.source.Diagnostic;
import dev.fairlead.testkit.Golden;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

class StunnelGoldenTest {
    private static final Path BROKEN = Path.of("src/test/resources/stunnel/broken");

    @TestFactory
    List<DynamicTest> brokenConfigurationsAreExplained() {
        return Golden.cases(BROKEN, ".conf", ".expected", input -> {
            Compiled compiled = compile(input);
            assertThat(compiled.plan()).isEmpty();
            return compiled.diagnostics().stream().map(Diagnostic::render).collect(Collectors.joining("\n\n")) + "\n";
        });
    }

    private static Compiled compile(Path input) throws IOException {
        String path = "/etc/stunnel/" + input.getFileName();
        return StunnelDialect.compile(
                Path.of(path), StunnelOptions.here().withFiles(FileSource.of(Map.of(path, Files.readString(input)))));
    }
}
