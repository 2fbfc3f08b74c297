package dev.fairlead.dialect.haproxy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairlead.dialect.FileSource;
import dev.fairlead.dialect.haproxy.lint.HaproxyLint;
import dev.fairlead.source.Diagnostic;
import dev.fairlead.source.FileChange;
import dev.fairlead.source.Fix;
import dev.fairlead.testkit.Golden;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class HaproxyLintTest {
    private static final Path CASES = Path.of("src/test/resources/haproxy/lint");
    private static final Path PAGES = Path.of("../docs/lint");
    private static final Path CONF = Path.of("/etc/haproxy/haproxy.cfg");

    @TestFactory
    List<DynamicTest> whatIsRarelyMeantIsSaid() {
        return Golden.cases(CASES, ".cfg", ".expected", input -> {
            String text = Files.readString(input);
            String found = lint(text).stream().map(Diagnostic::render).collect(Collectors.joining("\n\n"));
            String fixed = fixed(text);
            return (found.isEmpty() ? "" : found + "\n") + (fixed.equals(text) ? "" : "\n=== fixed\n" + fixed);
        });
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("ids")
    void eachRuleHasACaseThatFiresOneThatDoesNotAndAPage(String id) throws IOException {
        String name = id.substring("lint.".length());
        assertThat(lint(Files.readString(CASES.resolve(name + ".cfg"))))
                .extracting(Diagnostic::rule)
                .containsOnly(id);
        assertThat(lint(Files.readString(CASES.resolve(name + "-not.cfg")))).isEmpty();
        assertThat(PAGES.resolve(name + ".md")).exists();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("ids")
    void whatIsFixedIsSoundAndSaidNoMore(String id) throws IOException {
        String text = Files.readString(CASES.resolve(id.substring("lint.".length()) + ".cfg"));
        List<Diagnostic> found = lint(text);
        String fixed = fixed(text);
        assertThat(HaproxyDialect.compile(List.of(CONF), options(fixed)).plan()).isPresent();
        if (found.stream().allMatch(each -> each.fix().isPresent())) {
            assertThat(lint(fixed)).isEmpty();
        }
    }

    static Stream<String> ids() {
        return HaproxyLint.ids().stream();
    }

    private static String fixed(String text) {
        List<Fix> fixes = lint(text).stream()
                .map(Diagnostic::fix)
                .flatMap(Optional::stream)
                .toList();
        return FileChange.of(fixes).stream().map(FileChange::text).findFirst().orElse(text);
    }

    private static List<Diagnostic> lint(String text) {
        assertThat(HaproxyDialect.compile(List.of(CONF), options(text)).plan())
                .as(text)
                .isPresent();
        return HaproxyDialect.lint(List.of(CONF), options(text));
    }

    private static HaproxyOptions options(String text) {
        return HaproxyOptions.plain().withFiles(FileSource.of(Map.of(CONF.toString(), text)));
    }
}
