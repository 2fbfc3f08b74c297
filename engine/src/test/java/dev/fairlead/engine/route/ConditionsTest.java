package dev.fairlead.engine.route;

import static dev.fairlead.engine.route.Written.answer;
import static dev.fairlead.engine.route.Written.text;
import static org.assertj.core.api.Assertions.assertThat;

import dev.fairlead.engine.http1.TestServer;
import dev.fairlead.model.http.Rule;
import dev.fairlead.model.net.AddressRange;
import dev.fairlead.model.text.Condition;
import dev.fairlead.model.text.NumberRange;
import dev.fairlead.model.text.TextSet;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConditionsTest {
    private static final Condition YES = new Condition.Always(true);
    private static final Condition NO = new Condition.Always(false);
    private static final TestServer SERVER = start();

    private static TestServer start() {
        AddressRange ten = new AddressRange.Block(new byte[] {10, 0, 0, 0}, 8);
        AddressRange loopback = new AddressRange.Block(new byte[] {127, 0, 0, 0}, 8);
        return TestHost.named("a.example")
                .rule(when("/all", new Condition.AllOf(List.of(YES, YES))))
                .rule(when("/allbutone", new Condition.AllOf(List.of(YES, NO))))
                .rule(when("/allofnone", new Condition.AllOf(List.of())))
                .rule(when("/any", new Condition.AnyOf(List.of(NO, YES))))
                .rule(when("/anyofnone", new Condition.AnyOf(List.of())))
                .rule(when("/field", oneOf("$http_x_kind", false, "red", "blue")))
                .rule(when("/list", oneOf("$http_x_kind", true, "red", "blue")))
                .rule(when("/argument", oneOf("$arg_a", false, "red", "")))
                .rule(when("/number", new Condition.InNumbers(text("$http_x_n"), List.of(new NumberRange(5, 9)), true)))
                .rule(when("/from", new Condition.InNetworks(text("$http_x_from"), List.of(ten), true)))
                .rule(when("/client", new Condition.InNetworks(text("$remote_addr"), List.of(ten, loopback), false)))
                .rule(when("/present", new Condition.Present(Written.variable("http_x_kind"))))
                .rule(when("/notset", new Condition.Present(Written.variable("arg_a"))))
                .rule(when(
                        "/regex",
                        new Condition.FindsAny(
                                text("$http_x_kind"), List.of(Written.regex("^no"), Written.regex("^b.*e$")), true)))
                .at("/", answer(200, "no"))
                .serve();
    }

    private static Condition oneOf(String value, boolean eachOfList, String... texts) {
        return new Condition.OneOf(text(value), new TextSet(TextSet.How.EXACT, false, List.of(texts)), eachOfList);
    }

    private static Rule when(String path, Condition condition) {
        Condition both = new Condition.AllOf(List.of(oneOf("$uri", false, path), condition));
        return new Rule.When(both, List.of(answer(200, "yes")), Optional.empty(), Written.HERE);
    }

    @AfterAll
    static void stop() {
        SERVER.close();
    }

    @ParameterizedTest(name = "{0} {1}: {2}")
    @CsvSource(
            delimiter = '|',
            nullValues = "none",
            value = {
                "/all | A: b | yes",
                "/allbutone | A: b | no",
                "/allofnone | A: b | yes",
                "/any | A: b | yes",
                "/anyofnone | A: b | no",
                "/field | X-Kind: red | yes",
                "/field | X-Kind: green, red | no",
                "/field | A: b | no",
                "/list | X-Kind: green, red | yes",
                "/list | X-Kind: green , blue | yes",
                "/list | X-Kind: green, \"a,blue\" | no",
                "/list | x_kind: red | no",
                "/argument?a=red | A: b | yes",
                "/argument?a= | A: b | yes",
                "/argument | A: b | no",
                "/number | X-N: 7 | yes",
                "/number | X-N: 4 | no",
                "/number | X-N: 1,8 | yes",
                "/number | X-N: 7x | yes",
                "/number | X-N: x7 | no",
                "/number | X-N: | no",
                "/from | X-From: 10.1.2.3 | yes",
                "/from | X-From: 192.168.0.1, 10.0.0.1 | yes",
                "/from | X-From: 192.168.0.1 | no",
                "/from | X-From: ::ffff:10.0.0.1 | yes",
                "/from | X-From: ten | no",
                "/client | A: b | yes",
                "/present | X-Kind: | yes",
                "/present | A: b | no",
                "/notset | A: b | no",
                "/notset?a= | A: b | yes",
                "/regex | X-Kind: red, blue | yes",
                "/regex | X-Kind: red, blues | no",
            })
    void aConditionHolds(String target, String field, String expected) {
        assertThat(Asked.get(SERVER, target, field).body()).isEqualTo(expected);
    }

    @Test
    void membersOfSeveralFieldsOfANameAreOneList() {
        assertThat(Asked.get(SERVER, "/list", "X-Kind: green", "X-Kind: red").body())
                .isEqualTo("yes");
    }
}
