package dev.fairlead.engine.route;

import static dev.fairlead.engine.route.Written.answer;
import static dev.fairlead.engine.route.Written.regex;
import static dev.fairlead.engine.route.Written.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fairlead.engine.http1.TestServer;
import dev.fairlead.model.http.Content;
import dev.fairlead.model.http.ErrorPages;
import dev.fairlead.model.http.FieldEdit;
import dev.fairlead.model.http.Forward;
import dev.fairlead.model.http.Rule;
import dev.fairlead.model.http.Rule.EditTarget.Part;
import dev.fairlead.model.text.Attribute;
import dev.fairlead.model.text.Condition;
import dev.fairlead.model.text.TextSet;
import dev.fairlead.model.text.Variable;
import dev.fairlead.testkit.Peer;
import dev.fairlead.testkit.Reply;
import dev.fairlead.testkit.Wire;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RequestRulesTest {
    private static final String OK = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok";

    private static Rule edit(FieldEdit edit) {
        return new Rule.EditField(edit, Written.HERE);
    }

    private static Rule target(Part part, String value) {
        return new Rule.EditTarget(part, text(value), Written.HERE);
    }

    private static Rule enter(String name) {
        return new Rule.Enter(name, Written.HERE);
    }

    private static Rule respond(int status, String type, Content content, Forward.FieldAssignment... fields) {
        return new Rule.Respond(
                status,
                type.isEmpty() ? Optional.empty() : Optional.of(text(type)),
                content,
                List.of(fields),
                Written.HERE);
    }

    private static Rule when(String path, Rule... then) {
        return new Rule.When(
                new Condition.Same(text("$uri"), text(path)), List.of(then), Optional.empty(), Written.HERE);
    }

    @Test
    void rulesSendARequestOnToANamedLocationWithItsOwnRules() {
        TestHost host = TestHost.named("a.example")
                .rule(Written.set("who", "front"))
                .rule(when("/one", enter("one")))
                .rule(enter("two"))
                .at("@one", Written.set("who", "$who+one"), answer(200, "one of $who"))
                .at("@two", when("/three", enter("one")), answer(200, "two of $who"));
        try (TestServer server = host.serve()) {
            assertThat(Asked.get(server, "/one").body()).isEqualTo("one of front+one");
            assertThat(Asked.get(server, "/x").body()).isEqualTo("two of front");
            assertThat(Asked.get(server, "/three").body()).isEqualTo("one of front+one");
        }
    }

    @Test
    void locationsThatSendARequestRoundForEverAreAnError() {
        TestHost host = TestHost.named("a.example")
                .rule(enter("one"))
                .at("@one", enter("two"))
                .at("@two", enter("one"));
        try (TestServer server = host.serve()) {
            assertThat(Asked.get(server, "/one").status()).isEqualTo(500);
        }
    }

    @Test
    void aNamedLocationThatDoesNotExistKeepsThePlanFromRunning() {
        assertThatThrownBy(() -> TestHost.named("a.example").rule(enter("gone")).serve())
                .hasMessageContaining("there is no location \"@gone\"");
    }

    @Test
    void fieldsOfTheRequestAreChangedBeforeItIsPassedOn() {
        try (Peer peer = Peer.replying(OK);
                TestServer server = TestHost.named("a.example")
                        .rule(edit(new FieldEdit.Set("X-Set", text("[$http_x_set]"))))
                        .rule(edit(new FieldEdit.Add("X-Add", text("two"))))
                        .rule(edit(new FieldEdit.Remove(new FieldEdit.Names.Named("x-secret"))))
                        .rule(edit(new FieldEdit.Remove(new FieldEdit.Names.Like(
                                new TextSet(TextSet.How.PREFIX, false, List.of("X-Internal-"))))))
                        .rule(edit(new FieldEdit.Remove(new FieldEdit.Names.Matching(regex("^x-.*-id$")))))
                        .rule(edit(new FieldEdit.Replace("X-Path", regex("^/old(.*)"), text("/new$1"), false)))
                        .rule(edit(new FieldEdit.Replace("X-List", regex("^b(.)$"), text("<$1>"), true)))
                        .rule(enter("app"))
                        .passing("@app", peer.port())
                        .serve()) {
            Reply reply = Asked.get(
                    server,
                    "/",
                    "X-Path: /old/x",
                    "X-Set: a",
                    "X-Set: b",
                    "X-Add: one",
                    "X-Secret: s",
                    "X-internal-a: 1",
                    "X-Some-Id: 2",
                    "X-List: a, b1 ,c,b2");
            assertThat(reply.status()).isEqualTo(200);
            assertThat(peer.raw())
                    .startsWith("GET / HTTP/1.1\r\nHost: a.example\r\nX-Path: /new/x\r\nX-Add: one\r\n"
                            + "X-List: a, <1> ,c,<2>\r\nX-Set: [a, b]\r\nX-Add: two\r\n\r\n");
        }
    }

    @ParameterizedTest(name = "{0} of {2} to {1}: {3}")
    @CsvSource(
            delimiter = '|',
            value = {
                "METHOD | PURGE | /a%2fb?x=1 | PURGE /a%2fb?x=1",
                "PATH | /n%41w | /a%2fb?x=1 | GET /n%41w?x=1",
                "PATH | /a b | /a | GET /a%20b",
                "QUERY | y=%31 | /a%2fb?x=1 | GET /a%2fb?y=%31",
                "QUERY | y=2 | /a%2fb | GET /a%2fb?y=2",
                "PATH_AND_QUERY | /c?d | /a%2fb?x=1 | GET /c?d",
                "TARGET | http://b.example/c?d | /a?x=1 | GET http://b.example/c?d",
            })
    void theRequestLineIsReplacedByteForByte(Part part, String value, String target, String expected) {
        try (Peer peer = Peer.replying(OK);
                TestServer server = TestHost.named("a.example")
                        .rule(target(part, value))
                        .rule(enter("app"))
                        .passing("@app", peer.port())
                        .serve()) {
            assertThat(Asked.get(server, target).status()).isEqualTo(200);
            assertThat(peer.requests().getFirst().requestLine()).isEqualTo(expected + " HTTP/1.1");
        }
    }

    @Test
    void aReplacedPathIsWhatConditionsSee() {
        TestHost host = TestHost.named("a.example")
                .rule(when("/old", target(Part.PATH, "/n%65w")))
                .at("/", answer(200, "$uri $args"));
        try (TestServer server = host.serve()) {
            assertThat(Asked.get(server, "/old?x=1").body()).isEqualTo("/new x=1");
        }
    }

    @Test
    void theRawPathIsThatOfTheRequestLineAsItIsAtPresent() {
        Variable path = new Variable.Builtin(Attribute.RAW_PATH);
        Variable target = new Variable.Builtin(Attribute.RAW_TARGET);
        TestHost host = TestHost.named("a.example")
                .rule(new Rule.Assign(Written.custom("before"), Written.of(path, " ", target), Written.HERE))
                .rule(when("/a/b", target(Part.PATH, "/n%65w"), target(Part.QUERY, "y=%31")))
                .rule(new Rule.Assign(Written.custom("after"), Written.of(path, " ", target), Written.HERE))
                .at("/", answer(200, "$before $after"));
        try (TestServer server = host.serve()) {
            assertThat(Asked.get(server, "/a%2fb?x=1").body()).isEqualTo("/a%2fb /a%2fb?x=1 /n%65w /n%65w?y=%31");
            assertThat(Asked.get(server, "/c/./d").body()).isEqualTo("/c/./d /c/./d /c/./d /c/./d");
        }
    }

    @Test
    void aRequestCannotBecomeAHeadRequest() {
        assertThatThrownBy(() -> TestHost.named("a.example")
                        .rule(target(Part.METHOD, "HEAD"))
                        .serve())
                .hasMessageContaining("cannot become a HEAD request");
    }

    @Test
    void theBodyOfAnAnswerToAHeadRequestThatWasSentAsGetIsDropped() {
        try (Peer peer = Peer.replying(OK);
                TestServer server = TestHost.named("a.example")
                        .rule(target(Part.METHOD, "GET"))
                        .rule(enter("app"))
                        .passing("@app", peer.port())
                        .serve()) {
            for (int i = 0; i < 2; i++) {
                Reply reply = Asked.send(server, "HEAD", "/", "Host: a.example");
                assertThat(reply.status()).isEqualTo(200);
                assertThat(reply.body()).isEmpty();
            }
            assertThat(peer.requests().getLast().requestLine()).isEqualTo("GET / HTTP/1.1");
        }
    }

    @Test
    void anAnswerOfTheConfigurationHasTypeFieldsAndBody(@TempDir Path folder) throws IOException {
        Path file = Files.write(folder.resolve("page"), new byte[] {'<', (byte) 0xe9, '>'});
        TestHost host = TestHost.named("a.example")
                .with(new ErrorPages(
                        List.of(new ErrorPages.Page(
                                Set.of(403, 404), new ErrorPages.Shown.Original(), text("@sorry"), Written.HERE)),
                        false,
                        false))
                .rule(when(
                        "/text",
                        respond(
                                403,
                                "text/$arg_t",
                                new Content.Text(text("no $arg_a")),
                                new Forward.FieldAssignment("X-Why", text("$uri"), Written.HERE))))
                .rule(when("/none", respond(204, "", new Content.None())))
                .rule(when("/file", respond(200, "text/html", new Content.OfFile(file))))
                .rule(when("/error", answer(403)))
                .at("@sorry", respond(200, "text/plain", new Content.Text(text("sorry"))));
        try (TestServer server = host.serve()) {
            Reply text = Asked.get(server, "/text?t=plain&a=b");
            assertThat(text.status()).isEqualTo(403);
            assertThat(text.header("Content-Type")).contains("text/plain");
            assertThat(text.header("X-Why")).contains("/text");
            assertThat(text.body()).isEqualTo("no b");
            assertThat(Asked.get(server, "/none").status()).isEqualTo(204);
            assertThat(Asked.get(server, "/file").body()).isEqualTo("<\u00e9>");
            Reply error = Asked.get(server, "/error");
            assertThat(error.status()).isEqualTo(403);
            assertThat(error.body()).isEqualTo("sorry");
        }
    }

    @Test
    void aFileThatCannotBeReadKeepsThePlanFromRunning(@TempDir Path folder) {
        assertThatThrownBy(() -> TestHost.named("a.example")
                        .rule(respond(200, "", new Content.OfFile(folder.resolve("gone"))))
                        .serve())
                .hasMessageContaining("cannot read");
    }

    @Test
    void aChallengeAsksForUserAndPassword() {
        TestHost host = TestHost.named("a.example").rule(new Rule.Challenge(text("the $host"), Written.HERE));
        try (TestServer server = host.serve()) {
            Reply reply = Asked.get(server, "/");
            assertThat(reply.status()).isEqualTo(401);
            assertThat(reply.header("WWW-Authenticate")).contains("Basic realm=\"the a.example\"");
        }
    }

    @Test
    void anAnswerThatIsHeldBackComesInTheEnd() {
        Rule late = new Rule.Delay(Duration.ofMillis(20), answer(429, "late"), Written.HERE);
        TestHost host = TestHost.named("a.example").rule(late);
        try (TestServer server = host.serve();
                Wire wire = Wire.connect(server.port())) {
            for (int i = 0; i < 2; i++) {
                wire.send("GET / HTTP/1.1\nHost: a.example\n\n");
                assertThat(wire.reply().body()).isEqualTo("late");
            }
        }
    }

    @Test
    void variablesOfConnectionAndProcessAreKept() {
        Variable ofConnection = new Variable.OfConnection("seen", 3);
        Variable ofProcess = new Variable.OfProcess("last");
        TestHost host = TestHost.named("a.example")
                .rule(new Rule.When(
                        new Condition.Present(new Variable.QueryArgument("set")),
                        List.of(
                                new Rule.Assign(ofConnection, text("$arg_set"), Written.HERE),
                                new Rule.Assign(ofProcess, text("$arg_set"), Written.HERE)),
                        Optional.empty(),
                        Written.HERE))
                .rule(when("/clear", new Rule.Clear(ofConnection, Written.HERE)))
                .rule(new Rule.Assign(Written.custom("shown"), Written.of(ofConnection, " ", ofProcess), Written.HERE))
                .at("/", answer(200, "$shown"));
        try (TestServer server = host.serve()) {
            try (Wire wire = Wire.connect(server.port())) {
                assertThat(ask(wire, "/?set=a")).isEqualTo("a a");
                assertThat(ask(wire, "/")).isEqualTo("a a");
                assertThat(Asked.get(server, "/").body()).isEqualTo(" a");
                assertThat(ask(wire, "/clear")).isEqualTo(" a");
            }
        }
    }

    private static String ask(Wire wire, String target) {
        return wire.send("GET " + target + " HTTP/1.1\nHost: a.example\n\n")
                .reply()
                .body();
    }
}
