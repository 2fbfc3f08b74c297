package dev.fairlead.engine.access;

import static dev.fairlead.engine.route.Written.HERE;
import static dev.fairlead.engine.route.Written.answer;
import static dev.fairlead.engine.route.Written.text;
import static org.assertj.core.api.Assertions.assertThat;

import dev.fairlead.engine.compile.Shared;
import dev.fairlead.engine.http1.TestServer;
import dev.fairlead.engine.route.Asked;
import dev.fairlead.engine.route.TestHost;
import dev.fairlead.model.http.Access;
import dev.fairlead.model.http.LogLevel;
import dev.fairlead.model.http.RequestLimits;
import dev.fairlead.model.net.AddressRange;
import dev.fairlead.model.text.Template;
import dev.fairlead.testkit.Reply;
import dev.fairlead.time.ManualClock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AccessTest {
    private static final Access.AddressRule DENY_ALL = new Access.AddressRule(false, new AddressRange.Everyone(), HERE);
    private static final Access.AddressRule ALLOW_LOOPBACK =
            new Access.AddressRule(true, new AddressRange.Block(new byte[] {127, 0, 0, 0}, 8), HERE);
    /// anna:secret, bert:secret
    private static final String ANNA = "Authorization: Basic YW5uYTpzZWNyZXQ=";

    private static final String BERT = "Authorization: Basic YmVydDpzZWNyZXQ=";
    private static final String WRONG = "Authorization: Basic YW5uYTp3cm9uZw==";

    /// Content is asked for behind access, so it must come from there: the folder of the host is not there, 404.
    private static TestServer serve(Access access) {
        return TestHost.named("a").with(access).at("/").serve();
    }

    private static Optional<Access.BasicAuth> auth(Path file) {
        return Optional.of(new Access.BasicAuth(text("Realm"), Template.constant(file.toString(), HERE), HERE));
    }

    private static Path users(Path folder) throws Exception {
        return Files.writeString(
                folder.resolve("users"), "anna:{PLAIN}secret\nbert:$apr1$1hJQL2ab$.1IUw7vOm2l0wlOXUzlih/\n");
    }

    @Test
    void theFirstRuleThatContainsTheClientDecides() {
        try (TestServer server = serve(new Access(List.of(ALLOW_LOOPBACK, DENY_ALL), Optional.empty(), false))) {
            assertThat(Asked.get(server, "/x").status()).isEqualTo(404);
        }
        try (TestServer server = serve(new Access(List.of(DENY_ALL, ALLOW_LOOPBACK), Optional.empty(), false))) {
            assertThat(Asked.get(server, "/x").status()).isEqualTo(403);
        }
    }

    @Test
    void aPasswordIsAskedFor(@TempDir Path folder) throws Exception {
        try (TestServer server = serve(new Access(List.of(), auth(users(folder)), false))) {
            Reply reply = Asked.get(server, "/x");
            assertThat(reply.status()).isEqualTo(401);
            assertThat(reply.header("WWW-Authenticate")).contains("Basic realm=\"Realm\"");
            assertThat(Asked.get(server, "/x", WRONG).status()).isEqualTo(401);
            assertThat(Asked.get(server, "/x", ANNA).status()).isEqualTo(404);
            assertThat(Asked.get(server, "/x", BERT).status()).isEqualTo(404);
            assertThat(Asked.get(server, "/x", BERT).status()).isEqualTo(404);
        }
    }

    @Test
    void withoutItsFileNobodyGetsIn(@TempDir Path folder) {
        try (TestServer server = serve(new Access(List.of(), auth(folder.resolve("missing")), false))) {
            assertThat(Asked.get(server, "/x", ANNA).status()).isEqualTo(403);
        }
    }

    @Test
    void oneOfTwoSufficesWhereThatIsSaid(@TempDir Path folder) throws Exception {
        try (TestServer server = serve(new Access(List.of(ALLOW_LOOPBACK), auth(users(folder)), true))) {
            assertThat(Asked.get(server, "/x").status()).isEqualTo(404);
        }
        try (TestServer server = serve(new Access(List.of(DENY_ALL), auth(users(folder)), true))) {
            assertThat(Asked.get(server, "/x").status()).isEqualTo(401);
            assertThat(Asked.get(server, "/x", ANNA).status()).isEqualTo(404);
        }
    }

    @Test
    void aRefusalIsHeldBackAndAForbiddenOneIsNot(@TempDir Path folder) throws Exception {
        Duration delay = Duration.ofMillis(300);
        Access delayed = new Access(List.of(), auth(users(folder)), Optional.empty(), false, delay, Access.Proofs.NONE);
        try (TestServer server = serve(delayed)) {
            long begun = System.nanoTime();
            assertThat(Asked.get(server, "/x", WRONG).status()).isEqualTo(401);
            assertThat(Duration.ofNanos(System.nanoTime() - begun)).isGreaterThanOrEqualTo(delay);
            assertThat(Asked.get(server, "/x", ANNA).status()).isEqualTo(404);
        }
        Access endless = new Access(
                List.of(DENY_ALL), Optional.empty(), Optional.empty(), false, Duration.ofDays(1), Access.Proofs.NONE);
        try (TestServer server = serve(endless)) {
            assertThat(Asked.get(server, "/x").status()).isEqualTo(403);
        }
    }

    private static TestServer inquiring(int answer) {
        Access access = new Access(
                List.of(),
                Optional.empty(),
                Optional.of(new Access.Inquiry("/ask", List.of(), HERE)),
                false,
                Duration.ZERO,
                Access.Proofs.NONE);
        return TestHost.named("a")
                .with(access)
                .at("= /ask", answer(answer))
                .at("/")
                .serve();
    }

    @Test
    void anotherPlaceLetsInOrDoesNot() {
        try (TestServer server = inquiring(204)) {
            assertThat(Asked.get(server, "/x").status()).isEqualTo(404);
        }
        try (TestServer server = inquiring(401)) {
            assertThat(Asked.get(server, "/x").status()).isEqualTo(401);
        }
        try (TestServer server = inquiring(403)) {
            assertThat(Asked.get(server, "/x").status()).isEqualTo(403);
        }
    }

    @Test
    void anotherPlaceThatSaysNeitherIsAnError() {
        try (TestServer server = inquiring(302)) {
            assertThat(Asked.get(server, "/x").status()).isEqualTo(500);
        }
    }

    private static RequestLimits limits(int burst, int undelayed) {
        RequestLimits.Zone zone = new RequestLimits.Zone("z", text("$arg_k"), 1 << 20, 1000, HERE);
        return new RequestLimits(
                List.of(new RequestLimits.Rate(zone, burst, undelayed, HERE)),
                429,
                LogLevel.ERROR,
                false,
                List.of(),
                503,
                LogLevel.ERROR,
                false);
    }

    @Test
    void requestsOverTheRateAreTurnedAwayUntilTimeHasPassed() {
        ManualClock clock = new ManualClock(0);
        TestHost host = TestHost.named("a").with(limits(1, Integer.MAX_VALUE)).at("/");
        try (TestServer server = TestHost.serve(clock, new Shared(), host)) {
            assertThat(Asked.get(server, "/?k=1").status()).isEqualTo(404);
            assertThat(Asked.get(server, "/?k=1").status()).isEqualTo(404);
            assertThat(Asked.get(server, "/?k=1").status()).isEqualTo(429);
            assertThat(Asked.get(server, "/?k=2").status()).isEqualTo(404);
            assertThat(Asked.get(server, "/").status()).isEqualTo(404);
            clock.advance(Duration.ofSeconds(1));
            assertThat(Asked.get(server, "/?k=1").status()).isEqualTo(404);
            assertThat(Asked.get(server, "/?k=1").status()).isEqualTo(429);
        }
    }

    @Test
    void aReloadKeepsTheCountsOfAnUnchangedZone() {
        ManualClock clock = new ManualClock(0);
        Shared shared = new Shared();
        TestHost host = TestHost.named("a").with(limits(0, 0)).at("/");
        try (TestServer before = TestHost.serve(clock, shared, host);
                TestServer after = TestHost.serve(clock, shared, host)) {
            assertThat(Asked.get(before, "/?k=1").status()).isEqualTo(404);
            assertThat(Asked.get(after, "/?k=1").status()).isEqualTo(429);
        }
    }

    @Test
    void answersOfRulesComeBeforeLimits() {
        TestHost host = TestHost.named("a").with(limits(0, 0)).at("/", answer(200, "x"));
        try (TestServer server = host.serve()) {
            for (int i = 0; i < 5; i++) {
                assertThat(Asked.get(server, "/?k=1").status()).isEqualTo(200);
            }
        }
    }
}
