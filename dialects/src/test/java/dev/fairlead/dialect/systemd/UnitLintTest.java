package dev.fairlead.dialect.systemd;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairlead.source.Diagnostic;
import dev.fairlead.source.FileChange;
import dev.fairlead.source.Fix;
import dev.fairlead.testkit.Golden;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class UnitLintTest {
    private static final Path CASES = Path.of("src/test/resources/systemd/lint");
    private static final Path PAGES = Path.of("../docs/lint");

    @TestFactory
    List<DynamicTest> whatIsRarelyMeantIsSaid() {
        return Golden.cases(CASES, ".service", ".expected", input -> {
            List<Diagnostic> found = UnitLint.look(input);
            String text = found.stream().map(Diagnostic::render).collect(Collectors.joining("\n\n"));
            List<Fix> fixes = found.stream()
                    .map(Diagnostic::fix)
                    .flatMap(Optional::stream)
                    .toList();
            String fixed = FileChange.of(fixes).stream().map(FileChange::text).collect(Collectors.joining("\n"));
            return (text + (fixed.isEmpty() ? text.isEmpty() ? "" : "\n" : "\n\n=== fixed\n" + fixed))
                    .replace(CASES.toString() + "/", "");
        });
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("ids")
    void eachRuleHasACaseThatFiresOneThatDoesNotAndAPage(String id) {
        String name = id.substring("lint.".length());
        assertThat(UnitLint.look(CASES.resolve(name + ".service")))
                .extracting(Diagnostic::rule)
                .containsOnly(id);
        assertThat(UnitLint.look(CASES.resolve(name + "-not.service"))).isEmpty();
        assertThat(PAGES.resolve(name + ".md")).exists();
    }

    static Stream<String> ids() {
        return UnitLint.ids().stream();
    }
}
