package dev.fairlead.cli.lint;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairlead.cli.cert.SelfSigned;
import dev.fairlead.cli.cert.SelfSigned.KeyKind;
import dev.fairlead.cli.stack.Sources;
import dev.fairlead.cli.stack.StackReader;
import dev.fairlead.model.plan.PortMap;
import dev.fairlead.source.Diagnostic;
import dev.fairlead.time.Clock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StackLintTest {
    private static final long DAY = 24L * 60 * 60 * 1000;
    private static final Path PAGES = Path.of("../docs/lint");

    @TempDir
    private Path folder = Path.of("");

    @Test
    void aHopThatGivesUpBeforeTheNextIsSaid() throws IOException {
        file("site.conf", """
                server { listen 80; location / { proxy_read_timeout 10s; proxy_pass http://127.0.0.1:5000; } }
                server { listen 5000; location / { proxy_pass http://127.0.0.1:5001; } }
                """);
        assertThat(rules(0)).containsExactly("lint.inverted-timeouts");
        file("site.conf", """
                server { listen 80; location / { proxy_read_timeout 70s; proxy_pass http://127.0.0.1:5000; } }
                server { listen 5000; location / { proxy_pass http://127.0.0.1:5001; } }
                """);
        assertThat(rules(0)).isEmpty();
    }

    @Test
    void whatIsPassedToAPortNobodyListensOnIsSaid() throws IOException {
        file("site.conf", "server { listen 80; location / { proxy_pass http://127.0.0.1:5000; } }");
        file("app.service", "[Service]\nExecStart=/bin/sleep 4000\n");
        assertThat(rules(0)).containsExactly("lint.nothing-listens");
        file("app.service", "[Service]\nExecStart=/bin/sleep 5000\n");
        assertThat(rules(0)).isEmpty();
    }

    @Test
    void aSocketOfAServiceBelowAnotherRootCountsAsListenedOn() throws IOException {
        file(
                "etc/nginx/conf.d/a.conf",
                "server { listen 80; location / { proxy_pass http://unix:/run/shop/sock:/; } }");
        file("etc/systemd/system/shop.service", "[Service]\nExecStart=/bin/echo --bind unix:/run/shop/sock\n");
        assertThat(rules(0)).isEmpty();
    }

    @Test
    void aServiceThatListensWhereNothingAsksIsSaid() throws IOException {
        file("site.conf", "server { listen 80; location / { proxy_pass http://127.0.0.1:5000; } }");
        file("app.service", "[Service]\nExecStart=/bin/echo --bind 127.0.0.1:5000 --port=6000\n");
        assertThat(StackLint.look(reader(), later(0)))
                .extracting(Diagnostic::message)
                .containsExactly("nothing in this stack passes requests to port 6000 of app.service");
    }

    @Test
    void certificatesThatClientsRefuseAreSaid() throws IOException {
        new SelfSigned(List.of("shop.example"), KeyKind.P256, 30).write(folder.resolve("site.pem"), false);
        secured("site.pem", "site.pem");
        assertThat(rules(0)).isEmpty();
        assertThat(rules(20)).containsExactly("lint.certificate-expiry");
        assertThat(rules(31)).containsExactly("lint.certificate-expiry");
        new SelfSigned(List.of("shop.example"), KeyKind.P256, 30).write(folder.resolve("other.pem"), false);
        secured("site.pem", "other.pem");
        assertThat(rules(0)).containsExactly("lint.certificate-key");
        secured("site.pem", "missing.pem");
        assertThat(rules(0)).containsExactly("lint.certificate-unreadable");
    }

    @Test
    void aStackWithErrorsGetsNoRemarks() throws IOException {
        file("site.conf", "server { lisen 80; location /x { alias /srv/x/; } }");
        assertThat(rules(0)).isEmpty();
    }

    @Test
    void remarksOfTheDialectsAreAmongThem() throws IOException {
        file("site.conf", "server { listen 80; location /x { alias /srv/x/; } }");
        file("app.service", "[Service]\nPrivateTmp=yes\nExecStart=/bin/echo /tmp/app.sock\n");
        assertThat(rules(0)).containsExactlyInAnyOrder("lint.alias-traversal", "lint.private-tmp");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                StackLint.TIMEOUTS,
                PortLint.UNHEARD,
                PortLint.UNASKED,
                CertificateLint.UNREADABLE,
                CertificateLint.EXPIRY,
                CertificateLint.MISMATCH,
                CertificateLint.SHORT
            })
    void eachRuleHasAPage(String id) {
        assertThat(PAGES.resolve(id.substring("lint.".length()) + ".md")).exists();
    }

    @Test
    void theIndexNamesEachPage() throws IOException {
        String index = Files.readString(PAGES.resolve("README.md"));
        try (Stream<Path> pages = Files.list(PAGES)) {
            pages.map(page -> String.valueOf(page.getFileName()))
                    .filter(name -> !name.equals("README.md"))
                    .forEach(name -> assertThat(index).contains("(" + name + ")"));
        }
    }

    private void secured(String certificate, String key) throws IOException {
        file("site.conf", """
                server {
                    listen 443 ssl;
                    ssl_certificate %s;
                    ssl_certificate_key %s;
                    return 204;
                }
                """.formatted(folder.resolve(certificate), folder.resolve(key)));
    }

    /// @param days from now
    private List<String> rules(int days) {
        return StackLint.look(reader(), later(days)).stream()
                .map(Diagnostic::rule)
                .toList();
    }

    private StackReader reader() {
        return new StackReader(Sources.of(folder), new PortMap(Map.of(80, 8080)));
    }

    private static Clock later(int days) {
        long now = Clock.system().wallMillis() + days * DAY;
        return new Clock() {
            @Override
            public long wallMillis() {
                return now;
            }

            @Override
            public long monotonicNanos() {
                return 0;
            }
        };
    }

    private void file(String name, String text) throws IOException {
        Path file = folder.resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }
}
