package dev.fairlead.dialect.haproxy.sample;

import dev.fairlead.model.http.Attribute;
import dev.fairlead.model.http.Condition;
import dev.fairlead.model.http.UserList;
import dev.fairlead.model.http.Variable;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// What is fetched of the user that a request names.
public final class UserFetches {
    /// Asks for groups, where others compare texts.
    public static final String GROUPS = "http_auth_group";

    private UserFetches() {}

    static List<Fetch> rows() {
        List<Fetch> rows = new ArrayList<>();
        rows.add(new Fetch(
                "http_auth",
                1,
                1,
                "whether user and password are in a userlist",
                (call, around) -> Sample.of(new Condition.Authenticated(users(call, around), List.of()))));
        rows.add(new Fetch(
                GROUPS,
                1,
                1,
                "the user, for the groups of a userlist behind it",
                (call, around) -> Sample.of(RequestFetches.builtin(Attribute.USER), Kind.TEXT)));
        rows.add(RequestFetches.plain("http_auth_user", "user of Basic authentication", Kind.TEXT, Attribute.USER));
        rows.add(new Fetch(
                "http_auth_type",
                0,
                0,
                "scheme of the Authorization field",
                (call, around) -> Sample.of(RequestFetches.word(new Variable.RequestHeader("authorization"), 1), Kind.TEXT)));
        rows.add(new Fetch(
                "http_auth_bearer",
                0,
                1,
                "token of Bearer authorisation",
                (call, around) -> Sample.of(
                        RequestFetches.word(
                                new Variable.RequestHeader(
                                        call.has(0) ? call.arg(0).toLowerCase(Locale.ROOT) : "authorization"),
                                2),
                        Kind.TEXT)));
        return rows;
    }

    /// Whether user and password are in a userlist, and the user in one of the groups.
    public static Condition inGroups(Call call, Surroundings around, List<String> groups) {
        return new Condition.Authenticated(users(call, around), groups);
    }

    private static UserList users(Call call, Surroundings around) {
        return around.users(call.arg(0))
                .orElseThrow(() -> new IllegalArgumentException("unable to find userlist '" + call.arg(0) + "'"));
    }
}
