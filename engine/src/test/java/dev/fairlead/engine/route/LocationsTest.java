package dev.fairlead.engine.route;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairlead.engine.http1.TestServer;
import dev.fairlead.model.http.Location;
import dev.fairlead.testkit.Reply;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LocationsTest {
    private static final TestServer SERVER = start();

    private static TestServer start() {
        TestHost host = TestHost.named("a.example");
        for (String match : List.of(
                "/",
                "= /",
                "/images/",
                "= /exact",
                "/exact",
                "^~ /static/",
                "/documents/",
                "/doc",
                "/documents/1/",
                "~ \\.(gif|jpg)$",
                "~ \\.jpg$",
                "~ ^/documents/1/x",
                "^~ /static/deep/",
                "/a b/")) {
            host.at(match, Written.answer(200, match.replace("$", "")));
        }
        List<Location> nested = List.of(
                host.location("/outer/in", List.of(), Written.answer(200, "nested prefix")),
                host.location("= /outer/eq", List.of(), Written.answer(200, "nested exact")),
                host.location("~ \\.gif$", List.of(), Written.answer(200, "nested expression")));
        host.at("/outer", nested, Written.answer(200, "outer"));
        host.at(
                "^~ /closed",
                List.of(host.location("/closed/in", List.of(), Written.answer(200, "closed in"))),
                Written.answer(200, "closed"));
        host.at(
                "~ ^/rx/",
                List.of(host.location("~ (\\d+)$", List.of(), Written.answer(200, "inner $1"))),
                Written.answer(200, "rx"));
        host.at("+ /folder/", Written.answer(200, "folder"));
        host.at("+ /both/", Written.answer(200, "both with"));
        host.at("/both", Written.answer(200, "both without"));
        host.internal("/secret", Written.answer(200, "secret"));
        return host.serve();
    }

    @AfterAll
    static void stop() {
        SERVER.close();
    }

    @ParameterizedTest(name = "{0} leads to {1}")
    @CsvSource(
            delimiter = ';',
            value = {
                "/ ; = /",
                "/index ; /",
                "/images/a ; /images/",
                "/images ; /",
                "/images/a.gif ; ~ \\.(gif|jpg)",
                "/a.jpg ; ~ \\.(gif|jpg)",
                "/exact ; = /exact",
                "/exact/ ; /exact",
                "/exactly ; /exact",
                "/static/a.gif ; ^~ /static/",
                "/static/deep/a.gif ; ^~ /static/deep/",
                "/documents/1/a ; /documents/1/",
                "/documents/1/x ; ~ ^/documents/1/x",
                "/documents/2 ; /documents/",
                "/documents ; /doc",
                "/dod ; /",
                "/a%20b/c ; /a b/",
                "//exact ; = /exact",
                "/x/../exact ; = /exact",
                "/outer/x ; outer",
                "/outer/in/x ; nested prefix",
                "/outer/eq ; nested exact",
                "/outer/in/x.gif ; nested expression",
                "/outer/in/x.jpg ; ~ \\.(gif|jpg)",
                "/closed/in/x.gif ; closed in",
                "/rx/12 ; inner 12",
                "/rx/ab ; rx",
                "/folder/ ; folder",
                "/both ; both without",
                "/both/ ; both with",
            })
    void precedenceIsThatOfNginx(String path, String expected) {
        assertThat(Asked.get(SERVER, path).body()).isEqualTo(expected);
    }

    @Test
    void aPathWithoutTheLastSlashOfItsLocationIsRedirected() {
        Reply reply = Asked.get(SERVER, "/folder?a=%20b");
        assertThat(reply.status()).isEqualTo(301);
        assertThat(reply.header("Location")).contains("http://a.example:" + SERVER.port() + "/folder/?a=%20b");
    }

    @Test
    void anInternalLocationIsNotThereForClients() {
        assertThat(Asked.get(SERVER, "/secret").status()).isEqualTo(404);
    }

    @Test
    void thousandsOfPrefixesAreFoundEachByItsOwn() {
        TestHost host = TestHost.named("many.example");
        for (int i = 0; i < 3000; i++) {
            host.at("/p" + i + "/", Written.answer(200, "p" + i));
        }
        try (TestServer server = host.serve()) {
            assertThat(Asked.get(server, "/p0/").body()).isEqualTo("p0");
            assertThat(Asked.get(server, "/p1999/x").body()).isEqualTo("p1999");
            assertThat(Asked.get(server, "/p2999/").body()).isEqualTo("p2999");
            assertThat(Asked.get(server, "/p3000/").status()).isEqualTo(404);
        }
    }
}
