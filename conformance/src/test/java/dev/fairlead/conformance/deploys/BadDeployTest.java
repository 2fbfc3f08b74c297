package dev.fairlead.conformance.deploys;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairlead.conformance.Distribution;
import dev.fairlead.testkit.Deadline;
import dev.fairlead.testkit.ProcessUnderTest;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// New code that cannot serve is refused with its traceback and exit status 1, and nobody who visits the site
/// notices.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class BadDeployTest {
    private static final String GOOD = """
            VERSION = b"first\\n"

            def application(environ, start_response):
                start_response("200 OK", [("Content-Type", "text/plain"), ("Content-Length", str(len(VERSION)))])
                return [VERSION]
            """;

    private Site site;
    private Visitors visitors;

    @BeforeAll
    void serve(@TempDir Path scratch) {
        Distribution.require();
        site = new Site(scratch, GOOD);
        visitors = new Visitors(site.port, List.of("/plain", "/preloaded"), 4);
    }

    @AfterAll
    void end() {
        try (Site served = site;
                Visitors visited = visitors) {
            assertThat(served.output()).doesNotContain("Exception in thread");
            // What was noted before was taken away with the last look.
            Deadline.inSeconds(60).await("an answer", () -> visited.different() > 0);
        }
    }

    static Stream<Arguments> bad() {
        return Stream.of(
                Arguments.of(
                        "does not parse", "def application(environ:\n", List.of("code.py\", line 1", "SyntaxError")),
                Arguments.of(
                        "imports what is not there",
                        "import no_such_module\n" + GOOD,
                        List.of(
                                "Traceback (most recent call last)",
                                "code.py\", line 1",
                                "ModuleNotFoundError: No module named 'no_such_module'")),
                Arguments.of(
                        "raises",
                        "rates = {}\nrates['EUR']\n" + GOOD,
                        List.of("Traceback (most recent call last)", "code.py\", line 2", "KeyError: 'EUR'")),
                Arguments.of(
                        "exits", "import sys\nsys.exit(3)\n" + GOOD, List.of("code.py\", line 2", "SystemExit: 3")),
                Arguments.of("ends its process", "import os\nos._exit(3)\n" + GOOD, List.of("ended with status 3")),
                Arguments.of(
                        "has no application", GOOD.replace("def application", "def other"), List.of("application")),
                Arguments.of(
                        "answers the health check with an error",
                        GOOD.replace("200 OK", "500 Oops"),
                        List.of("the health check /health was answered 500", "nginx.conf:")),
                Arguments.of(
                        "fails at the health check",
                        GOOD.replace("    start_response", "    raise KeyError('EUR')\n    start_response"),
                        List.of("the health check /health was answered 500", "nginx.conf:")));
    }

    @ParameterizedTest(name = "that {0}")
    @MethodSource("bad")
    void codeIsRefusedWhileTheOldServesOn(String what, String code, List<String> shown) {
        visitors.answers();
        Site.APPLICATIONS.forEach(application -> site.write(application, code));
        ProcessUnderTest deploy = site.told("deploy", "plain", "preloaded");
        assertRefused(deploy, "plain", shown);
        assertRefused(deploy, "preloaded", shown);
        assertOnly("first\n");
    }

    @Test
    void codeThatNeverEndsToImportIsRefusedWithWhereItIs() {
        visitors.answers();
        Map<String, ProcessUnderTest> deploys = new LinkedHashMap<>();
        for (String application : Site.APPLICATIONS) {
            site.write(application, "import time\nwhile True: time.sleep(1)\n" + GOOD);
            deploys.put(application, site.told("deploy", application));
        }
        deploys.forEach((application, deploy) ->
                assertRefused(deploy, application, List.of("it was not ready within 8 s", "code.py\", line 2")));
        assertOnly("first\n");
    }

    private static void assertRefused(ProcessUnderTest deploy, String application, List<String> shown) {
        assertThat(deploy.awaitExit(Deadline.inSeconds(60))).as(deploy.output()).isEqualTo(1);
        assertThat(deploy.output())
                .contains(shown)
                .containsPattern("generation \\d+ of " + application + " did not come up")
                .containsPattern("generation \\d+ goes on serving");
    }

    @Test
    void reloadingTheWholeStackSaysSoAsWell() {
        visitors.answers();
        site.write("plain", "import no_such_module\n");
        ProcessUnderTest reload = site.told("reload");
        assertThat(reload.awaitExit(Deadline.inSeconds(60))).as(reload.output()).isEqualTo(1);
        assertThat(reload.output()).contains("Traceback").contains("No module named 'no_such_module'");
        assertOnly("first\n");
        site.write("plain", GOOD);
    }

    @Test
    void whatIsDeployedAfterwardsServesAndTheReportCounts() {
        visitors.answers();
        for (String application : Site.APPLICATIONS) {
            site.write(application, GOOD);
            ProcessUnderTest deploy = site.told("deploy", application);
            assertThat(deploy.awaitExit(Deadline.inSeconds(60)))
                    .as(deploy.output())
                    .isZero();
            assertThat(deploy.output())
                    .containsPattern("generation \\d+ of " + application + " serves with 2 workers")
                    .containsPattern("served \\d+, failed 0");
        }
        assertOnly("first\n");
    }

    /// Every answer since the last look was this one, and there has been one at least.
    private void assertOnly(String body) {
        Deadline.inSeconds(60).await("an answer", () -> visitors.different() > 0);
        assertThat(visitors.answers().keySet()).containsExactly(body);
    }
}
