package dev.fairlead.dialect.nginx;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/// The same broken configurations, given to the real `nginx -t` where it is installed: the same first message
/// in the same line, but for the differences named here.
class BesideNginxTest {
    private static final Path NGINX = Path.of("/usr/sbin/nginx");

    private static final String UNFIT =
            "sizes of proxy buffers that do not fit: their line is named, not the end of http";
    private static final String LACKING = "each line that lacks its semicolon is named, not the place where that shows";

    private static final String OURS = "nginx does not know \"app\"";

    /// Where the first message differs on purpose.
    static final Map<String, String> DIFFERENT = Map.ofEntries(
            Map.entry("missing-semicolons", LACKING),
            Map.entry("missing-semicolon-at-brace", LACKING),
            Map.entry("missing-semicolon-strict", LACKING),
            Map.entry("missing-semicolon-then-block", LACKING),
            Map.entry("missing-semicolon-then-other", LACKING),
            Map.entry("word-at-end", LACKING),
            Map.entry(
                    "brace-not-opened",
                    "the line that lacks its brace is named, not the one whose end nginx takes for its"),
            Map.entry("app-parameters", OURS),
            Map.entry("app-differs", OURS),
            Map.entry("health-check", "nginx knows \"health_check\" as a commercial directive only"),
            Map.entry("unsupported", "nginx speaks FastCGI"),
            Map.entry("resolve-at-run-time", "nginx before 1.27.3 does not know \"resolve\" in an upstream"),
            Map.entry("headers-more", "nginx without its module does not know \"more_set_headers\""),
            Map.entry("openssl", "nginx hands ssl_conf_command to OpenSSL"),
            Map.entry("regex-recursion", "Java's expressions know no recursion"),
            Map.entry("proxy-buffers-in-http", UNFIT),
            Map.entry("proxy-buffers", UNFIT),
            Map.entry(
                    "secure-link-mixed",
                    "secure_link_secret beside secure_link: its line is named, not the end of the block"),
            Map.entry(
                    "verify-without-ca",
                    "certificates are opened when the plan is provisioned, not when it is compiled"));

    /// Where nginx gives the message without a place and Fairlead names the line.
    private static final Set<String> WITHOUT_PLACE = Set.of(
            "bad-wildcard-of-two",
            "limit-unknown-zone",
            "no-key",
            "proxy-verify",
            "referers-alone",
            "unknown-variable",
            "variable-family",
            "unused-unknown-variable");

    @TestFactory
    List<DynamicTest> theFirstMessageIsThatOfNginx() throws IOException {
        Assumptions.assumeTrue(Files.isExecutable(NGINX), "nginx is not installed");
        try (Stream<Path> inputs = Files.list(NginxGoldenTest.BROKEN)) {
            return inputs.map(Path::toAbsolutePath)
                    .filter(input -> input.toString().endsWith(".conf"))
                    .filter(input -> !DIFFERENT.containsKey(name(input)))
                    .sorted()
                    .map(input -> DynamicTest.dynamicTest(name(input), () -> compare(input)))
                    .toList();
        }
    }

    private static String name(Path input) {
        return input.getFileName().toString().replace(".conf", "");
    }

    private static void compare(Path input) throws IOException, InterruptedException {
        Compiled compiled = NginxDialect.compile(input, NginxOptions.debian());
        String ours = compiled.errors().isEmpty()
                ? "accepted"
                : NginxMessage.render(compiled.errors().getFirst());
        if (WITHOUT_PLACE.contains(name(input))) {
            ours = ours.substring(0, ours.lastIndexOf(" in "));
        }
        assertThat(ours).isEqualTo(theirs(input));
    }

    private static String theirs(Path input) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(NGINX.toString(), "-t", "-e", "stderr", "-c", input.toString())
                .redirectErrorStream(true)
                .start();
        try {
            String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
            return said.lines()
                    .filter(line -> line.contains("[emerg] "))
                    .map(line -> line.replaceFirst("^.*\\[emerg] (?:\\d+#\\d+: )?", "nginx: [emerg] "))
                    .findFirst()
                    .orElse("accepted");
        } finally {
            process.destroyForcibly();
        }
    }
}
