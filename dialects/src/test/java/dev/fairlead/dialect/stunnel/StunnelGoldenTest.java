package dev.fairlead.dialect.stunnel;

import dev.fairlead.dialect.FileSource;
import dev.fairlead.dialect.GoldenFolder;
import dev.fairlead.model.plan.Plan;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

class StunnelGoldenTest {
    private static final GoldenFolder<Plan> FOLDER =
            new GoldenFolder<>(Path.of("src/test/resources/stunnel"), ".conf", StunnelGoldenTest::compile);

    @TestFactory
    List<DynamicTest> brokenConfigurationsAreExplained() {
        return FOLDER.broken();
    }

    private static GoldenFolder.Outcome<Plan> compile(String name, String text) {
        String path = "/etc/stunnel/" + name;
        Compiled compiled = StunnelDialect.compile(
                Path.of(path), StunnelOptions.here().withFiles(FileSource.of(Map.of(path, text))));
        return new GoldenFolder.Outcome<>(compiled.plan(), compiled.diagnostics());
    }
}
