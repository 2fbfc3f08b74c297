package dev.fairlead.engine.route;

import static dev.fairlead.engine.route.Written.answer;
import static dev.fairlead.engine.route.Written.regex;
import static dev.fairlead.engine.route.Written.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fairlead.engine.http1.TestServer;
import dev.fairlead.model.http.Content;
import dev.fairlead.model.http.FieldEdit;
import dev.fairlead.model.http.ResponseHeaders;
import dev.fairlead.model.http.ResponseRule;
import dev.fairlead.model.http.Rule;
import dev.fairlead.model.text.Condition;
import dev.fairlead.model.text.Variable;
import dev.fairlead.testkit.Peer;
import dev.fairlead.testkit.Reply;
import dev.fairlead.testkit.Wire;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ResponseRulesTest {
    private static final String FOUND = "HTTP/1.1 200 Fine\r\nContent-Length: 2\r\nServer: app/1\r\n"
            + "Content-Type: text/html\r\nX-Powered-By: app\r\nSet-Cookie: a=1\r\nSet-Cookie: b=2\r\n"
            + "Last-Modified: Sun, 06 Nov 1994 08:49:37 GMT\r\nX-Kind: odd\r\n\r\nok";

    private static ResponseRule edit(FieldEdit edit) {
        return new ResponseRule.EditField(edit, Written.HERE);
    }

    private static ResponseRule set(String name, String value) {
        return edit(new FieldEdit.Set(name, text(value)));
    }

    private static ResponseRule remove(String name) {
        return edit(new FieldEdit.Remove(new FieldEdit.Names.Named(name)));
    }

    private static ResponseHeaders headers(List<ResponseRule> rules, List<ResponseRule> lastRules) {
        return headers(List.of(), rules, lastRules);
    }

    private static ResponseHeaders first(List<ResponseRule> rules) {
        return headers(rules, List.of(), List.of());
    }

    private static ResponseHeaders headers(
            List<ResponseRule> firstRules, List<ResponseRule> rules, List<ResponseRule> lastRules) {
        return new ResponseHeaders(
                List.of(),
                List.of(),
                Optional.empty(),
                ResponseHeaders.ServerField.NAME,
                true,
                firstRules,
                rules,
                lastRules);
    }

    private static TestServer serve(Peer peer, List<ResponseRule> rules, List<ResponseRule> lastRules) {
        return TestHost.named("a.example")
                .with(headers(rules, lastRules))
                .at("/own", answer(200, "own"))
                .passing("/", peer.port())
                .serve();
    }

    @Test
    void fieldsOfAnAnswerAreChanged() {
        List<ResponseRule> rules = List.of(
                set("X-Frame-Options", "DENY"),
                edit(new FieldEdit.Add("Set-Cookie", text("c=$uri"))),
                remove("x-powered-by"),
                edit(new FieldEdit.Replace("Set-Cookie", regex("^(.)=2$"), text("$1=two"), false)),
                set("Content-Type", "text/plain"),
                remove("Last-Modified"),
                edit(new FieldEdit.Replace("Server", regex("^app/(.*)"), text("shop/$1"), false)));
        try (Peer peer = Peer.replying(FOUND);
                TestServer server = serve(peer, rules, List.of())) {
            Reply reply = Asked.get(server, "/x");
            assertThat(reply.statusLine()).isEqualTo("HTTP/1.1 200 Fine");
            assertThat(reply.header("X-Frame-Options")).contains("DENY");
            assertThat(reply.all("Set-Cookie")).containsExactly("a=1", "b=two", "c=/x");
            assertThat(reply.header("X-Powered-By")).isEmpty();
            assertThat(reply.all("Content-Type")).containsExactly("text/plain");
            assertThat(reply.header("Last-Modified")).isEmpty();
            assertThat(reply.all("Server")).containsExactly("shop/1");
            assertThat(reply.body()).isEqualTo("ok");
        }
    }

    @Test
    void aTimeThatIsSetStandsAlone() {
        try (Peer peer = Peer.replying(FOUND);
                TestServer server = serve(peer, List.of(set("Last-Modified", "never")), List.of())) {
            assertThat(Asked.get(server, "/x").all("Last-Modified")).containsExactly("never");
        }
    }

    @Test
    void whatAConditionSaysOfTheAnswerDecides() {
        Condition isOdd = new Condition.Same(Written.of(new Variable.ResponseHeader("x-kind")), text("odd"));
        List<ResponseRule> rules = List.of(
                new ResponseRule.When(
                        new Condition.Not(isOdd),
                        List.of(new ResponseRule.SetStatus(500, "", Written.HERE)),
                        Written.HERE),
                new ResponseRule.When(
                        isOdd,
                        List.of(
                                new ResponseRule.SetStatus(299, "Odd One", Written.HERE),
                                new ResponseRule.Stop(Written.HERE)),
                        Written.HERE),
                set("X-Never", "1"));
        try (Peer peer = Peer.replying(FOUND);
                TestServer server = serve(peer, rules, List.of())) {
            Reply reply = Asked.get(server, "/x");
            assertThat(reply.statusLine()).isEqualTo("HTTP/1.1 299 Odd One");
            assertThat(reply.header("X-Never")).isEmpty();
        }
    }

    @Test
    void theServersNameIsReplacedOrTakenOutOfEveryAnswer() {
        ResponseHeaders nameless = first(List.of(remove("Server"), remove("X-Powered-By")));
        ResponseHeaders renamed = first(List.of(remove("server"), set("Server", "shop")));
        try (Peer peer = Peer.replying(FOUND);
                TestServer one = TestHost.named("a.example")
                        .with(nameless)
                        .at("/own", answer(200, "own"))
                        .serve();
                TestServer other = TestHost.named("a.example")
                        .with(renamed)
                        .passing("/", peer.port())
                        .serve()) {
            assertThat(Asked.get(one, "/own").header("Server")).isEmpty();
            assertThat(Asked.get(one, "/none").header("Server")).isEmpty();
            assertThat(Asked.get(other, "/x").all("Server")).containsExactly("shop");
        }
    }

    @Test
    void firstRulesKnowNothingOfWhatIsAdded() {
        ResponseHeaders.Addition added = new ResponseHeaders.Addition("X-A", text("added"), true, Written.HERE);
        ResponseHeaders headers = new ResponseHeaders(
                List.of(added),
                List.of(),
                Optional.empty(),
                ResponseHeaders.ServerField.NAME,
                true,
                List.of(remove("X-A")),
                List.of(),
                List.of());
        try (TestServer server = TestHost.named("a.example")
                .with(headers)
                .at("/own", answer(200, "own"))
                .serve()) {
            assertThat(Asked.get(server, "/own").header("X-A")).contains("added");
        }
    }

    @Test
    void answersOfOurOwnAreChangedByTheLastRulesOnly() {
        try (Peer peer = Peer.replying(FOUND);
                TestServer server = serve(peer, List.of(set("X-A", "1")), List.of(set("X-B", "2")))) {
            Reply other = Asked.get(server, "/x");
            assertThat(other.header("X-A")).contains("1");
            assertThat(other.header("X-B")).contains("2");
            Reply own = Asked.get(server, "/own");
            assertThat(own.header("X-A")).isEmpty();
            assertThat(own.header("X-B")).contains("2");
        }
    }

    @Test
    void anAnswerIsReplacedAndTheConnectionGoesOn() {
        Rule.Respond sorry = new Rule.Respond(
                502, Optional.of(text("text/plain")), new Content.Text(text("sorry")), List.of(), Written.HERE);
        List<ResponseRule> rules = List.of(new ResponseRule.Respond(sorry, Written.HERE), set("X-Never", "1"));
        try (Peer peer = Peer.replying(FOUND);
                TestServer server = serve(peer, rules, List.of());
                Wire wire = Wire.connect(server.port())) {
            for (int i = 0; i < 2; i++) {
                Reply reply = wire.send("GET /x HTTP/1.1\nHost: a.example\n\n").reply();
                assertThat(reply.status()).isEqualTo(502);
                assertThat(reply.body()).isEqualTo("sorry");
                assertThat(reply.header("Set-Cookie")).isEmpty();
            }
        }
    }

    @Test
    void theLastRulesCannotReplaceAnAnswer() {
        Rule.Respond other = new Rule.Respond(200, Optional.empty(), new Content.None(), List.of(), Written.HERE);
        try (Peer peer = Peer.replying(FOUND)) {
            assertThatThrownBy(() -> serve(peer, List.of(), List.of(new ResponseRule.Respond(other, Written.HERE))))
                    .hasMessageContaining("cannot be replaced here");
        }
    }
}
