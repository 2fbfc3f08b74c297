package dev.fairlead.engine.route;

import static dev.fairlead.engine.route.Written.answer;
import static dev.fairlead.engine.route.Written.rewrite;
import static dev.fairlead.engine.route.Written.set;
import static dev.fairlead.engine.route.Written.text;
import static org.assertj.core.api.Assertions.assertThat;

import dev.fairlead.engine.http1.TestServer;
import dev.fairlead.model.http.Redirects;
import dev.fairlead.model.http.Rule;
import dev.fairlead.model.http.Rule.Rewrite.Flow;
import dev.fairlead.model.text.Condition;
import dev.fairlead.testkit.Reply;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RewritingTest {
    private static final TestServer SERVER = start();

    private static TestServer start() {
        return TestHost.named("a.example")
                .rule(rewrite("^/early$", "/show", Flow.CONTINUE))
                .rule(rewrite("^/show$", "/shown", Flow.LAST))
                .rule(rewrite("^/shown$", "/never", Flow.LAST))
                .at("/", answer(200, "$uri?$args"))
                .at("/last", rewrite("^/last/(.*)$", "/to/$1", Flow.LAST), answer(200, "no"))
                .at("/query", rewrite("^/query/(.*)$", "/to?a=$1", Flow.LAST))
                .at("/drop", rewrite("^/drop", "/to?", Flow.LAST))
                .at("/dropnew", rewrite("^/dropnew/(.*)", "/to?b=$1?", Flow.LAST))
                .at(
                        "/two",
                        rewrite("^/two/(\\d+)$", "/two/n$1", Flow.CONTINUE),
                        rewrite("^/two/n(.*)$", "/to/$1", Flow.LAST))
                .at("/found", rewrite("^/found/(.*)$", "/to/$1?x=$1", Flow.REDIRECT))
                .at("/moved", rewrite("^/moved/(.*)$", "https://b.example/$1?", Flow.PERMANENT))
                .at("/cycle", rewrite("^", "/cycle", Flow.LAST))
                .at("/empty", rewrite("^.*$", "$nothing", Flow.LAST))
                .at("/captures", rewrite("nomatch(.)", "/x", Flow.LAST), answer(200, "[$1]"))
                .at("/set", set("v", "one"), set("v", "$v-two"), set("args", "q=$v"), answer(200, "$v $args $arg_q"))
                .at("/when", when("$arg_go", answer(200, "went")), answer(200, "stayed"))
                .at("/stop", set("v", "1"), new Rule.Stop(Written.HERE), answer(200, "no"))
                .at("/slow", rewrite("^/slow/.*.*.*.*.*.*=;$", "/to", Flow.LAST), answer(200, "through"))
                .serve();
    }

    private static Rule when(String text, Rule then) {
        return new Rule.When(new Condition.IsTrue(text(text)), List.of(then), Optional.empty(), Written.HERE);
    }

    @AfterAll
    static void stop() {
        SERVER.close();
    }

    @ParameterizedTest(name = "{0} becomes {1}")
    @CsvSource(
            delimiter = '|',
            value = {
                "/early | /shown?",
                "/last/x | /to/x?",
                "/last/x?a=1 | /to/x?a=1",
                "/last/a%20b | /to/a b?",
                "/query/x?y=1 | /to?a=x&y=1",
                "/query/a%26b | /to?a=a%26b",
                "/query/a&b | /to?a=a&b",
                "/query/a+b | /to?a=a%2Bb",
                "/drop?a=1 | /to?",
                "/dropnew/x?a=1 | /to?b=x",
                "/two/5 | /to/5?",
                "/captures | []",
                "/set | one-two q=one-two one-two",
                "/when?go=1 | went",
                "/when?go=0 | stayed",
                "/when | stayed",
            })
    void rulesAreThoseOfNginx(String target, String expected) {
        assertThat(Asked.get(SERVER, target).body()).isEqualTo(expected);
    }

    @Test
    void aRedirectKeepsQueryAndEncoding() {
        Reply reply = Asked.get(SERVER, "/found/a%20%3fb?q=1");
        assertThat(reply.status()).isEqualTo(302);
        assertThat(reply.header("Location"))
                .contains("http://a.example:" + SERVER.port() + "/to/a%20?b?x=a%20%3Fb&q=1");
    }

    @Test
    void aRedirectElsewhereIsSentAsItIs() {
        Reply reply = Asked.get(SERVER, "/moved/x?q=1");
        assertThat(reply.status()).isEqualTo(301);
        assertThat(reply.header("Location")).contains("https://b.example/x");
    }

    @Test
    void aCycleEndsWithAnError() {
        assertThat(Asked.get(SERVER, "/cycle").status()).isEqualTo(500);
    }

    @Test
    void anEmptyPathIsAnError() {
        assertThat(Asked.get(SERVER, "/empty").status()).isEqualTo(500);
    }

    @Test
    void breakEndsTheRulesInPlace() {
        assertThat(Asked.get(SERVER, "/stop").status()).isEqualTo(404);
    }

    @Test
    void anExpressionThatWouldTakeForEverIsGivenUp() {
        assertThat(Asked.get(SERVER, "/slow/" + "a".repeat(200)).status()).isEqualTo(500);
        assertThat(Asked.get(SERVER, "/slow/b").body()).isEqualTo("through");
    }

    @Test
    void redirectsNameSchemeHostAndPortAsConfigured() {
        TestHost host = TestHost.named("first.example")
                .with(new Redirects(false, false, true))
                .at("/relative", answer(301, "/x"))
                .with(new Redirects(true, true, false))
                .at("/named", answer(301, "/x"))
                .with(new Redirects(true, false, false))
                .at("/noport", answer(301, "/x"))
                .at("/text", answer(302, "sub/page"));
        try (TestServer server = host.serve()) {
            assertThat(Asked.get(server, "/relative").header("Location")).contains("/x");
            assertThat(Asked.get(server, "/named").header("Location")).contains("http://first.example/x");
            assertThat(Asked.get(server, "/noport").header("Location")).contains("http://a.example/x");
            assertThat(Asked.get(server, "/text").header("Location")).contains("sub/page");
        }
    }
}
