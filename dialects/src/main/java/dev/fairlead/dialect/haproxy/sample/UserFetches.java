package dev.fairlead.dialect.haproxy.sample;

import static dev.fairlead.dialect.haproxy.sample.RequestFetches.builtin;
import static dev.fairlead.dialect.haproxy.sample.RequestFetches.plain;

import dev.fairlead.model.text.Attribute;
import dev.fairlead.model.text.Condition;
import dev.fairlead.model.text.Conversion;
import dev.fairlead.model.text.Template;
import dev.fairlead.model.text.UserList;
import dev.fairlead.model.text.Variable;
import java.util.List;
import java.util.Locale;

/// What is fetched of the Authorization field.
public final class UserFetches {
    private static final Variable AUTHORIZATION = new Variable.RequestHeader("authorization");

    private UserFetches() {}

    static List<Fetch> rows() {
        return List.of(
                new Fetch(
                        "http_auth",
                        1,
                        1,
                        "whether user and password are in a userlist",
                        (call, around) -> Sample.of(new Condition.Authenticated(users(call, around), List.of()))),
                new Fetch(
                        "http_auth_group",
                        1,
                        1,
                        "the user if the password is right; compared with groups",
                        (call, around) -> {
                            Variable isRight =
                                    new Variable.Answer(new Condition.Authenticated(users(call, around), List.of()));
                            return Sample.of(
                                    new Variable.Converted(
                                            isRight,
                                            new Conversion.Chosen(
                                                    Template.of(builtin(Attribute.USER), call.origin()),
                                                    Template.constant("", call.origin()))),
                                    Kind.TEXT);
                        }),
                plain("http_auth_user", "user of Basic authentication", Kind.TEXT, Attribute.USER),
                new Fetch(
                        "http_auth_pass",
                        0,
                        0,
                        "password of Basic authentication",
                        (call, around) -> Sample.of(
                                new Variable.Converted(
                                        new Variable.Converted(word(AUTHORIZATION, 2), Conversion.Plain.DECODE_BASE64),
                                        new Conversion.Field(2, ":", 0)),
                                Kind.TEXT)),
                new Fetch(
                        "http_auth_type",
                        0,
                        0,
                        "scheme of the Authorization field",
                        (call, around) -> Sample.of(word(AUTHORIZATION, 1), Kind.TEXT)),
                new Fetch(
                        "http_auth_bearer",
                        0,
                        1,
                        "token of Bearer authorisation",
                        (call, around) -> Sample.of(
                                word(
                                        call.has(0)
                                                ? new Variable.RequestHeader(
                                                        call.arg(0).toLowerCase(Locale.ROOT))
                                                : AUTHORIZATION,
                                        2),
                                Kind.TEXT)));
    }

    /// The question that `http_auth_group(LIST) GROUP …` asks.
    ///
    /// @throws IllegalArgumentException if there is no such list
    public static Condition inGroups(Call call, List<String> groups, Surroundings around) {
        return new Condition.Authenticated(users(call, around), groups);
    }

    private static Variable word(Variable of, int number) {
        return new Variable.Converted(of, new Conversion.Word(number, " ", 1));
    }

    private static UserList users(Call call, Surroundings around) {
        return around.users(call.arg(0))
                .orElseThrow(() -> new IllegalArgumentException("unable to find userlist '" + call.arg(0) + "'"));
    }
}
