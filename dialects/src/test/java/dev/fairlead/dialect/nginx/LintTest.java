package dev.fairlead.dialect.nginx;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairlead.dialect.nginx.lint.NginxLint;
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
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class LintTest {
    private static final Path CASES = Path.of("src/test/resources/nginx/lint");
    private static final Path PAGES = Path.of("../docs/lint");

    @TestFactory
    List<DynamicTest> whatIsRarelyMeantIsSaid() {
        return Golden.cases(CASES, ".conf", ".expected", input -> {
            String text = Files.readString(input);
            Compiled compiled = compile(text);
            assertThat(compiled.errors()).as(Conf.render(compiled.errors())).isEmpty();
            String found = Conf.render(lint(text));
            return (found.isEmpty() ? "" : found + "\n") + (fixes(text).isEmpty() ? "" : "\n=== fixed\n" + fixed(text));
        });
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("ids")
    void eachRuleHasACaseThatFiresOneThatDoesNotAndAPage(String id) throws IOException {
        String name = id.substring("lint.".length());
        assertThat(lint(Files.readString(CASES.resolve(name + ".conf"))))
                .extracting(Diagnostic::rule)
                .contains(id);
        assertThat(lint(Files.readString(CASES.resolve(name + "-not.conf"))))
                .extracting(Diagnostic::rule)
                .doesNotContain(id);
        assertThat(PAGES.resolve(name + ".md")).exists();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("ids")
    void whatIsFixedIsSoundAndSaidNoMore(String id) throws IOException {
        String name = id.substring("lint.".length());
        String text = Files.readString(CASES.resolve(name + ".conf"));
        boolean isFixable = lint(text).stream()
                .filter(found -> found.rule().equals(id))
                .allMatch(found -> found.fix().isPresent());
        String fixed = fixed(text);
        assertThat(compile(fixed).errors()).isEmpty();
        if (isFixable) {
            assertThat(lint(fixed)).extracting(Diagnostic::rule).doesNotContain(id);
        }
    }

    static Stream<String> ids() {
        return NginxLint.ids().stream();
    }

    private static String fixed(String text) {
        return FileChange.of(fixes(text)).stream()
                .map(FileChange::text)
                .findFirst()
                .orElse(text);
    }

    private static List<Fix> fixes(String text) {
        return lint(text).stream()
                .map(Diagnostic::fix)
                .flatMap(Optional::stream)
                .toList();
    }

    private static List<Diagnostic> lint(String text) {
        Path file = Path.of(Conf.PATH);
        return NginxDialect.lint(file, List.of(file), Conf.options(Map.of(Conf.PATH, text)));
    }

    private static Compiled compile(String text) {
        return NginxDialect.compile(Path.of(Conf.PATH), Conf.options(Map.of(Conf.PATH, text)));
    }
}
