package dev.fairlead.cli.lint;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairlead.dialect.haproxy.lint.HaproxyLint;
import dev.fairlead.dialect.nginx.lint.NginxLint;
import dev.fairlead.dialect.systemd.UnitLint;
import dev.fairlead.testkit.Golden;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.SequencedSet;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class StackLintTest {
    private static final Path CASES = Path.of("src/test/resources/lint");
    private static final Path PAGES = Path.of("../docs/lint");

    @TempDir
    private Path folder = Path.of("");

    @ParameterizedTest(name = "{0}")
    @MethodSource("ids")
    void eachRuleHasAStackThatItSpeaksOfAndOneThatItDoesNot(String id) throws IOException {
        Path cases = CASES.resolve(id.substring("lint.".length()));
        LintCase fires = LintCase.of(cases.resolve("fires"), folder.resolve("fires"));
        assertThat(fires.stack().isBroken()).as(fires.stack().toString()).isFalse();
        assertThat(fires.rules()).contains(id);
        Golden.check(cases.resolve("expected"), fires.text(id) + "\n");
        LintCase silent = LintCase.of(cases.resolve("silent"), folder.resolve("silent"));
        assertThat(silent.stack().isBroken()).as(silent.stack().toString()).isFalse();
        assertThat(silent.rules()).doesNotContain(id);
    }

    @Test
    void aSocketOfAServiceBelowAnotherRootCountsAsListenedOn() throws IOException {
        Path original = folder.resolve("original");
        file(
                original.resolve("etc/nginx/conf.d/a.conf"),
                "server { listen 80; location / { proxy_pass http://unix:/run/shop/sock:/; } }");
        file(
                original.resolve("etc/systemd/system/shop.service"),
                "[Service]\nExecStart=/bin/echo --bind unix:/run/shop/sock\n");
        assertThat(LintCase.of(original, folder.resolve("copy")).rules()).isEmpty();
    }

    @Test
    void eachRuleHasAPageAndEachPageARule() throws IOException {
        try (Stream<Path> pages = Files.list(PAGES)) {
            Set<String> names = pages.map(page -> String.valueOf(page.getFileName()))
                    .filter(name -> !name.equals("README.md"))
                    .map(name -> "lint." + name.substring(0, name.length() - ".md".length()))
                    .collect(Collectors.toSet());
            Set<String> ids = new TreeSet<>(StackLint.ids());
            ids.addAll(NginxLint.ids());
            ids.addAll(HaproxyLint.ids());
            ids.addAll(UnitLint.ids());
            assertThat(names).containsExactlyInAnyOrderElementsOf(ids);
        }
    }

    @Test
    void theIndexNamesEachPageAndEachPageItsRule() throws IOException {
        String index = Files.readString(PAGES.resolve("README.md"));
        try (Stream<Path> pages = Files.list(PAGES)) {
            for (Path page : pages.toList()) {
                String name = String.valueOf(page.getFileName());
                if (!name.equals("README.md")) {
                    assertThat(index).contains("(" + name + ")");
                    assertThat(page).content().contains("`lint." + name.substring(0, name.length() - 3) + "`");
                }
            }
        }
    }

    static SequencedSet<String> ids() {
        return StackLint.ids();
    }

    private static void file(Path file, String text) throws IOException {
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }
}
