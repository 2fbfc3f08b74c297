package dev.fairlead.dialect.pound;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairlead.dialect.FileSource;
import dev.fairlead.model.http.HttpListener;
import dev.fairlead.model.http.Location;
import dev.fairlead.model.plan.Plan;
import dev.fairlead.model.upstream.Upstream;
import dev.fairlead.source.Problems;
import dev.fairlead.testkit.Golden;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

class PoundGoldenTest {
    private static final Path BROKEN = Path.of("src/test/resources/pound/broken");
    private static final Path GOOD = Path.of("src/test/resources/pound/good");

    @TestFactory
    List<DynamicTest> brokenConfigurationsAreExplained() {
        return Golden.cases(BROKEN, ".cfg", ".expected", input -> {
            Compiled compiled = compile(input);
            assertThat(compiled.plan()).isEmpty();
            return render(compiled);
        });
    }

    @TestFactory
    List<DynamicTest> goodConfigurationsBecomePlans() {
        return Golden.cases(GOOD, ".cfg", ".expected", input -> {
            Compiled compiled = compile(input);
            assertThat(compiled.plan()).as(render(compiled)).isPresent();
            return render(compiled) + summary(compiled.plan().orElseThrow());
        });
    }

    @Test
    void aTextThatBreaksOffAnywhereIsDiagnosedAndNeverThrows() throws IOException {
        for (Path folder : List.of(GOOD, BROKEN)) {
            try (Stream<Path> inputs = Files.list(folder)) {
                for (Path input :
                        inputs.filter(path -> path.toString().endsWith(".cfg")).toList()) {
                    String text = Files.readString(input);
                    for (int length = 0; length < text.length(); length += 3) {
                        assertThat(compile("pound.cfg", text.substring(0, length))
                                        .diagnostics())
                                .isNotNull();
                    }
                }
            }
        }
    }

    private static Compiled compile(Path input) throws IOException {
        return compile(String.valueOf(input.getFileName()), Files.readString(input));
    }

    private static Compiled compile(String name, String text) {
        String path = "/etc/pound/" + name;
        FileSource files = FileSource.of(Map.of(path, text, "/etc/pound/site.pem", ""));
        return PoundDialect.compile(Path.of(path), PoundOptions.plain().withFiles(files));
    }

    private static String render(Compiled compiled) {
        Problems problems = new Problems();
        compiled.diagnostics().forEach(problems::add);
        return problems.isEmpty() ? "" : problems.render() + "\n";
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
