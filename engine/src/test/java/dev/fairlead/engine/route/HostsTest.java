package dev.fairlead.engine.route;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairlead.engine.compile.Shared;
import dev.fairlead.engine.http1.TestServer;
import dev.fairlead.time.Clock;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HostsTest {
    private static TestServer server = start();

    private static TestServer start() {
        return TestHost.serve(
                Clock.system(),
                new Shared(),
                answering("default", "first.example"),
                answering("exact", "www.example.org", ""),
                answering("leading", "*.example.org"),
                answering("longer leading", "*.b.example.org"),
                answering("dot", ".example.net"),
                answering("trailing", "www.example.*"),
                answering("longer trailing", "www.example.co.*"),
                answering("expression $sub", "~^(?<sub>[a-z]+)\\.x\\.example$"),
                answering("later expression", "~example$"));
    }

    private static TestHost answering(String text, String... names) {
        return TestHost.named(names).rule(Written.answer(200, text));
    }

    @BeforeAll
    static void serve() {
        assertThat(server.port()).isPositive();
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @ParameterizedTest(name = "{0} is for {1}")
    @CsvSource({
        "www.example.org, exact",
        "WWW.Example.ORG, exact",
        "www.example.org:8080, exact",
        "www.example.org., exact",
        "a.example.org, leading",
        "a.c.example.org, leading",
        "a.b.example.org, longer leading",
        "b.example.org, leading",
        "example.org, default",
        "example.net, dot",
        "x.example.net, dot",
        "xexample.net, default",
        "www.example.de, trailing",
        "www.example.co.uk, longer trailing",
        "www.example.co, trailing",
        "abc.x.example, expression abc",
        "a1.x.example, later expression",
        "nobody.test, default",
        "127.0.0.1, default",
    })
    void theMostSpecificNameWins(String host, String expected) {
        assertThat(Asked.host(server, host, "/").body()).isEqualTo(expected);
    }
}
