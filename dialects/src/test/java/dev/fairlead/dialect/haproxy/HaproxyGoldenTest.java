package dev.fairlead.dialect.haproxy;

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

class HaproxyGoldenTest {
    private static final GoldenFolder<Plan> FOLDER =
            new GoldenFolder<>(Path.of("src/test/resources/haproxy"), ".cfg", HaproxyGoldenTest::compile);

    @TestFactory
    List<DynamicTest> brokenConfigurationsAreExplained() {
        return FOLDER.broken();
    }

    @TestFactory
    List<DynamicTest> goodConfigurationsBecomePlans() {
        return FOLDER.good(HaproxyGoldenTest::summary);
    }

    @Test
    void aTextThatBreaksOffAnywhereIsDiagnosedAndNeverThrows() throws IOException {
        FOLDER.compileBeginnings();
    }

    private static GoldenFolder.Outcome<Plan> compile(String name, String text) {
        String path = "/etc/haproxy/" + name;
        Compiled compiled = HaproxyDialect.compile(
                List.of(Path.of(path)), HaproxyOptions.plain().withFiles(FileSource.of(Map.of(path, text))));
        return new GoldenFolder.Outcome<>(compiled.plan(), compiled.diagnostics());
    }

    /// What the plan comes to: where it listens, which backends are reached, which servers they have.
    private static String summary(Plan plan) {
        StringBuilder text = new StringBuilder("\n");
        for (HttpListener listener : plan.http().listeners()) {
            text.append("listener ").append(listener.address().text()).append(listener.tls() ? " (TLS)" : "");
            text.append(": ").append(listener.defaultHost().rules().size()).append(" rules, backends");
            for (Location location : listener.defaultHost().locations()) {
                text.append(' ').append(location.match().text());
            }
            text.append('\n');
        }
        for (Upstream upstream : plan.http().upstreams()) {
            text.append("upstream ")
                    .append(upstream.name())
                    .append(' ')
                    .append(upstream.balance())
                    .append('\n');
            upstream.servers()
                    .forEach(server -> text.append("  ")
                            .append(server.address().text())
                            .append(" weight ")
                            .append(server.weight())
                            .append(server.backup() ? " backup" : "")
                            .append(server.down() ? " down" : "")
                            .append('\n'));
        }
        return text.toString();
    }
}
