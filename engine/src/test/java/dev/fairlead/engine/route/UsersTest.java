package dev.fairlead.engine.route;

import static dev.fairlead.engine.route.Written.answer;
import static dev.fairlead.engine.route.Written.text;
import static org.assertj.core.api.Assertions.assertThat;

import dev.fairlead.engine.http1.TestServer;
import dev.fairlead.model.http.Rule;
import dev.fairlead.model.text.Condition;
import dev.fairlead.model.text.UserList;
import dev.fairlead.model.text.UserList.Secret;
import dev.fairlead.testkit.Reply;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class UsersTest {
    /// The password is `secret`.
    private static final String SHA512 = "$6$rounds=5000$fairlead$"
            + "/5zVbkIjW.OVfikGtlLlqtR7BS4UJKr7kPagbYyRr7F.62rTHHI.6VmgaTg3aXzoE0HH2gdha57JODcMeLxHg/";

    private static final UserList USERS = new UserList(
            "users",
            List.of(
                    user("plain", new Secret.Plain("open sesame")),
                    user("hashed", new Secret.Hashed(SHA512), "admins", "others"),
                    user("sha", new Secret.Hashed("{SHA}5en6G6MezRroT3XKqkdPOmY/BfQ="))),
            Written.HERE);
    private static final TestServer SERVER = start();

    private static UserList.User user(String name, Secret secret, String... groups) {
        return new UserList.User(name, secret, Set.of(groups), Written.HERE);
    }

    private static TestServer start() {
        return TestHost.named("a.example")
                .rule(unless(new Condition.Authenticated(USERS, List.of()), "/"))
                .rule(unless(new Condition.Authenticated(USERS, List.of("none", "admins")), "/admin"))
                .at("/", answer(200, "welcome"))
                .serve();
    }

    private static Rule unless(Condition condition, String path) {
        return new Rule.When(
                new Condition.AllOf(List.of(
                        new Condition.Matches(text("$uri"), Written.regex("^" + path)), new Condition.Not(condition))),
                List.of(new Rule.Challenge(text("here"), Written.HERE)),
                Optional.empty(),
                Written.HERE);
    }

    @AfterAll
    static void stop() {
        SERVER.close();
    }

    private static Reply ask(String path, String credentials) {
        String encoded = Base64.getEncoder().encodeToString(credentials.getBytes(StandardCharsets.UTF_8));
        return Asked.get(SERVER, path, "Authorization: Basic " + encoded);
    }

    @ParameterizedTest(name = "{1} at {0}: {2}")
    @CsvSource({
        "/, plain:open sesame, 200",
        "/, plain:wrong, 401",
        "/, hashed:secret, 200",
        "/, hashed:wrong, 401",
        "/, sha:secret, 200",
        "/, sha:wrong, 401",
        "/, nobody:secret, 401",
        "/, hashed, 401",
        "/admin, hashed:secret, 200",
        "/admin, plain:open sesame, 401"
    })
    void onlyUsersWithTheirPasswordPass(String path, String credentials, int status) {
        for (int i = 0; i < 2; i++) {
            assertThat(ask(path, credentials).status()).isEqualTo(status);
        }
    }

    @Test
    void whoNamesNoUserIsAskedForOne() {
        Reply reply = Asked.get(SERVER, "/");
        assertThat(reply.status()).isEqualTo(401);
        assertThat(reply.header("WWW-Authenticate")).contains("Basic realm=\"here\"");
    }
}
