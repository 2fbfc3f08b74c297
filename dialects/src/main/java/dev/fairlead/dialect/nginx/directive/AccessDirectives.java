package dev.fairlead.dialect.nginx.directive;

import static dev.fairlead.dialect.nginx.directive.Rows.WITH_LIMIT_EXCEPT;

import dev.fairlead.dialect.Arity;
import dev.fairlead.dialect.Directive;
import dev.fairlead.dialect.nginx.scope.Assembly;
import dev.fairlead.dialect.nginx.scope.Compilation;
import dev.fairlead.dialect.nginx.scope.Context;
import dev.fairlead.dialect.nginx.scope.Group;
import dev.fairlead.dialect.nginx.scope.Level;
import dev.fairlead.dialect.nginx.scope.Setter;
import dev.fairlead.dialect.nginx.scope.Setting;
import dev.fairlead.dialect.nginx.syntax.Statement;
import dev.fairlead.dialect.nginx.syntax.Word;
import dev.fairlead.dialect.nginx.value.Addresses;
import dev.fairlead.model.http.Access;
import dev.fairlead.model.net.AddressRange;
import dev.fairlead.model.text.Template;
import dev.fairlead.model.text.Variable;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Who may: `allow`, `deny`, `auth_basic`, `auth_request`, `satisfy`.
public final class AccessDirectives {
    private static final Setting<List<Access.AddressRule>> RULES = Setting.of(Group.ACCESS, List.of());
    private static final Setting<Optional<Word>> REALM = Setting.of(Group.ACCESS, Optional.empty());
    private static final Setting<Optional<Word>> USERS = Setting.of(Group.ACCESS, Optional.empty());
    private static final Setting<Boolean> ANY = Setting.of(Group.ACCESS, false);

    private static final Setting<Duration> DELAY = Setting.of(Group.ACCESS, Duration.ZERO);
    private static final Setting<Optional<Word>> INQUIRY = Setting.of(Group.ACCESS, Optional.empty());
    private static final Setting<List<Assigned>> ASSIGNED = Setting.of(Group.ACCESS, List.of());

    /// What `auth_request_set` says.
    private record Assigned(Variable target, Word value) {}

    private AccessDirectives() {}

    static List<Directive<Context, Setter>> rows() {
        return List.of(
                Rows.row(
                        "allow",
                        Rows.andStream(WITH_LIMIT_EXCEPT),
                        Arity.exactly(1),
                        "Lets clients of an address or network in.",
                        (statement, level, c) -> rule(statement, level, c, true)),
                Rows.row(
                        "deny",
                        Rows.andStream(WITH_LIMIT_EXCEPT),
                        Arity.exactly(1),
                        "Keeps clients of an address or network out.",
                        (statement, level, c) -> rule(statement, level, c, false)),
                Rows.text("auth_basic", WITH_LIMIT_EXCEPT, REALM, "Asks for user and password; off asks for none."),
                Rows.text("auth_basic_user_file", WITH_LIMIT_EXCEPT, USERS, "Names the file with users and passwords."),
                Rows.millis(
                        "auth_delay",
                        Rows.HTTP_SERVER_LOCATION,
                        DELAY,
                        "Holds answers of 401 back, so that passwords are not guessed quickly."),
                Rows.literal(
                        "auth_request",
                        Rows.HTTP_SERVER_LOCATION,
                        INQUIRY,
                        "Asks another place whether a request may go on; off asks none."),
                Rows.row(
                        "auth_request_set",
                        Rows.HTTP_SERVER_LOCATION,
                        Arity.exactly(2),
                        "Sets a variable to what that place knows when it has answered.",
                        AccessDirectives::assign),
                Rows.choice(
                        "satisfy",
                        Rows.HTTP_SERVER_LOCATION,
                        ANY,
                        Map.of("all", false, "any", true),
                        "Says whether all of these have to let a request in, or any."));
    }

    private static void rule(Statement statement, Level level, Compilation c, boolean allow) {
        Word word = statement.arg(0);
        range(word, c)
                .ifPresentOrElse(
                        range -> level.append(
                                RULES, new Access.AddressRule(allow, range, statement.span()), statement.span()),
                        () -> c.invalidParameter(word));
    }

    private static void assign(Statement statement, Level level, Compilation c) {
        RewriteDirectives.target(statement.arg(0), c)
                .ifPresent(target ->
                        level.append(ASSIGNED, new Assigned(target, c.text(statement.arg(1))), statement.span()));
    }

    /// An address, a network, `all` or `unix:`.
    static Optional<AddressRange> range(Word word, Compilation c) {
        return switch (word.text()) {
            case "all" -> Optional.of(new AddressRange.Everyone());
            case "unix:" -> Optional.of(new AddressRange.UnixClients());
            default -> {
                Optional<Addresses.Cidr> cidr = Addresses.cidr(word.text());
                if (cidr.isPresent() && cidr.get().meaningless()) {
                    c.problems()
                            .warning("nginx.low-bits", word.span(), "low address bits of " + word + " are meaningless");
                }
                yield cidr.map(Addresses.Cidr::block);
            }
        };
    }

    static List<Access.AddressRule> rules(Level level) {
        return level.value(RULES);
    }

    public static Access build(Level level, Assembly assembly) {
        Optional<Word> realm = level.value(REALM);
        Optional<Word> users = level.value(USERS);
        boolean asked = realm.isPresent() && !realm.get().is("off");
        if (asked && users.isEmpty()) {
            assembly.problems()
                    .warning(
                            "nginx.no-user-file",
                            level.origin(REALM),
                            "no \"auth_basic_user_file\" is defined for \"auth_basic\"",
                            "without a file nobody is asked for a password");
        }
        Optional<Access.BasicAuth> basic = asked && users.isPresent()
                ? Optional.of(new Access.BasicAuth(
                        assembly.templates().template(realm.get()), path(users.get(), assembly), level.origin(REALM)))
                : Optional.empty();
        return new Access(
                level.value(RULES),
                basic,
                inquiry(level, assembly),
                level.value(ANY),
                level.value(DELAY),
                ProofDirectives.build(level, assembly));
    }

    private static Optional<Access.Inquiry> inquiry(Level level, Assembly assembly) {
        return level.value(INQUIRY)
                .filter(path -> !path.is("off"))
                .map(path -> new Access.Inquiry(
                        path.text(),
                        level.value(ASSIGNED).stream()
                                .map(one -> new Access.Assignment(
                                        one.target(), assembly.templates().template(one.value())))
                                .toList(),
                        level.origin(INQUIRY)));
    }

    private static Template path(Word word, Assembly assembly) {
        String text = word.text().startsWith("$")
                ? word.text()
                : assembly.environment().conf(word.text());
        return assembly.templates().template(new Word(text, word.span()));
    }
}
