package dev.fairlead.conformance.nginx;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairlead.conformance.Difference;
import dev.fairlead.conformance.Distribution;
import dev.fairlead.conformance.cases.CaseFile;
import dev.fairlead.conformance.cases.Group;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Keeps the comparison with nginx as wide as it is meant to be, and what is told of it true.
class CasesTest {
    @ParameterizedTest(name = "at least {1} cases about {0}")
    @CsvSource({"location-, 60", "proxy-uri, 25", "'rewrite,errors', 40", "ranges, 25", "headers-gzip, 30", "'', 280"})
    void thereAreEnoughCases(String groups, int least) throws IOException {
        long cases = groups().filter(group -> Stream.of(groups.split(",", -1)).anyMatch(group.name()::startsWith))
                .mapToLong(group -> group.cases().size())
                .sum();
        assertThat(cases).isGreaterThanOrEqualTo(least);
    }

    @Test
    void noTwoCasesOfAGroupHaveTheSameName() throws IOException {
        groups().forEach(group -> {
            List<String> names = group.cases().stream().map(Group.Case::name).toList();
            assertThat(names).as(group.name()).doesNotHaveDuplicates();
        });
    }

    @Test
    void theDocumentationTellsEveryAllowedDifference() throws IOException {
        String page = Files.readString(Distribution.checkout().resolve("docs/differences.md"), StandardCharsets.UTF_8);
        int first = page.indexOf("\n## ");
        int next = page.indexOf("\n# ", 1);
        assertThat(page.substring(first + 1, next)).isEqualTo(Difference.page(AllowedDifference.ALL));
    }

    private static Stream<Group> groups() throws IOException {
        try (Stream<Path> files = Files.list(NginxDifferentialTest.CASES)) {
            return files.filter(file -> file.toString().endsWith(".cases")).map(CaseFile::read).toList().stream();
        }
    }
}
