package dev.fairlead.dialect.nginx;

import static org.assertj.core.api.Assertions.assertThat;

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

class NginxGoldenTest {
    static final Path BROKEN = Path.of("src/test/resources/nginx/broken");
    static final Path GOOD = Path.of("src/test/resources/nginx/good");

    @TestFactory
    List<DynamicTest> brokenConfigurationsAreExplained() {
        return Golden.cases(BROKEN, ".conf", ".expected", input -> {
            Compiled compiled = compile(input);
            assertThat(compiled.plan()).isEmpty();
            return render(compiled);
        });
    }

    @TestFactory
    List<DynamicTest> goodConfigurationsBecomePlans() {
        return Golden.cases(GOOD, ".conf", ".expected", input -> {
            Compiled compiled = compile(input);
            assertThat(compiled.errors()).as(Conf.render(compiled.errors())).isEmpty();
            return render(compiled) + PlanText.of(compiled.plan().orElseThrow());
        });
    }

    @Test
    void aTextThatBreaksOffAnywhereIsDiagnosedAndNeverThrows() throws IOException {
        try (Stream<Path> inputs = Files.list(GOOD)) {
            for (Path input :
                    inputs.filter(path -> path.toString().endsWith(".conf")).toList()) {
                String text = Files.readString(input);
                for (int length = 0; length < text.length(); length += 7) {
                    Compiled compiled = compile(input.getFileName().toString(), text.substring(0, length));
                    assertThat(compiled.diagnostics()).isNotNull();
                }
            }
        }
    }

    private static Compiled compile(Path input) throws IOException {
        return compile(input.getFileName().toString(), Files.readString(input));
    }

    private static Compiled compile(String name, String text) {
        String path = "/etc/nginx/" + name;
        return NginxDialect.compile(Path.of(path), Conf.options(Map.of(path, text)));
    }

    private static String render(Compiled compiled) {
        Problems problems = new Problems();
        compiled.diagnostics().forEach(problems::add);
        return problems.isEmpty() ? "" : problems.render() + "\n";
    }
}
