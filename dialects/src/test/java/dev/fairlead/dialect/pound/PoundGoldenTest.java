package dev.fairlead.dialect.pound;

import dev.fairlead.dialect.FileSource;
import dev.fairlead.dialect.GoldenFolder;
import dev.fairlead.model.http.HttpListener;
import dev.fairlead.model.http.Location;
import dev.fairlead.model.plan.Plan;
import dev.fairlead.model.upstream.Upstream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

class PoundGoldenTest {
    private static final GoldenFolder<Plan> FOLDER =
            new GoldenFolder<>(Path.of("src/test/resources/pound"), ".cfg", PoundGoldenTest::compile);

    @TestFactory
    List<DynamicTest> brokenConfigurationsAreExplained() {
        return FOLDER.broken();
    }

    @TestFactory
    List<DynamicTest> goodConfigurationsBecomePlans() {
        return FOLDER.good(PoundGoldenTest::summary);
    }

    @Test
    void aTextThatBreaksOffAnywhereIsDiagnosedAndNeverThrows() throws IOException {
        FOLDER.compileBeginnings();
    }

    private static GoldenFolder.Outcome<Plan> compile(String name, String text) {
        String path = "/etc/pound/" + name;
        FileSource files = FileSource.of(Map.of(path, text, "/etc/pound/site.pem", ""));
        Compiled compiled =
                PoundDialect.compile(Path.of(path), PoundOptions.plain().withFiles(files));
        return new GoldenFolder.Outcome<>(compiled.plan(), compiled.diagnostics());
    }

    /// What the plan comes to: where it listens, which services are reached, which servers they have.
    private static String summary(Plan plan) {
        StringBuilder text = new StringBuilder("\n");
        for (HttpListener listener : plan.http().listeners()) {
            text.append("listener ").append(listener.address().text()).append(listener.tls() ? " (TLS)" : "");
            text.append(": ").append(listener.defaultHost().rules().size()).append(" rules\n");
            for (Location location : listener.defaultHost().locations()) {
                if (!location.match().text().startsWith("@error ")) {
                    text.append("  ").append(location.match().text()).append('\n');
                }
            }
        }
        for (Upstream upstream : plan.http().upstreams()) {
            text.append("upstream ")
                    .append(upstream.name())
                    .append(' ')
                    .append(upstream.balance())
                    .append(upstream.persistence().isEmpty() ? "" : " with sessions")
                    .append('\n');
            upstream.servers()
                    .forEach(server -> text.append("  ")
                            .append(server.address().text())
                            .append(" weight ")
                            .append(server.weight())
                            .append(server.backup() ? " backup" : "")
                            .append('\n'));
        }
        return text.toString();
    }
}
