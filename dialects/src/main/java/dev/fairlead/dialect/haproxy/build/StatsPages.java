package dev.fairlead.dialect.haproxy.build;

import dev.fairlead.dialect.haproxy.build.rule.RequestRules;
import dev.fairlead.dialect.haproxy.build.rule.Services;
import dev.fairlead.dialect.haproxy.build.workshop.Scene;
import dev.fairlead.dialect.haproxy.rule.Acls;
import dev.fairlead.dialect.haproxy.scope.Entry;
import dev.fairlead.dialect.haproxy.scope.Proxy;
import dev.fairlead.dialect.haproxy.syntax.Line;
import dev.fairlead.dialect.haproxy.syntax.Word;
import dev.fairlead.model.http.Action;
import dev.fairlead.model.http.Location;
import dev.fairlead.model.http.Rule;
import dev.fairlead.model.http.Settings;
import dev.fairlead.model.roster.StatusPage;
import dev.fairlead.model.text.Attribute;
import dev.fairlead.model.text.Condition;
import dev.fairlead.model.text.Template;
import dev.fairlead.model.text.TextSet;
import dev.fairlead.model.text.UserList;
import dev.fairlead.model.text.Variable;
import dev.fairlead.source.Span;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// The `stats` lines of a proxy: a page under an address of its own, behind passwords where there are any.
final class StatsPages {
    private static final String USUAL_ADDRESS = "/haproxy?stats";
    private static final String USUAL_REALM = "HAProxy Statistics";
    private static final String[] LINES = {
        "stats enable",
        "stats uri",
        "stats auth",
        "stats realm",
        "stats refresh",
        "stats scope",
        "stats admin",
        "stats hide-version",
        "stats show-legends",
        "stats show-desc",
        "stats show-node",
        "stats http-request"
    };

    private final Proxy proxy;
    private final Scene scene;
    private final Acls acls;

    StatsPages(Proxy proxy, Scene scene, Acls acls) {
        this.proxy = proxy;
        this.scene = scene;
        this.acls = acls;
    }

    private boolean isEnabled() {
        return !proxy.each(LINES).isEmpty();
    }

    private Span at() {
        return proxy.last("stats uri")
                .or(() -> proxy.last("stats enable"))
                .or(() -> proxy.last(LINES))
                .map(Entry::origin)
                .orElse(proxy.origin());
    }

    private String address() {
        return proxy.last("stats uri").map(entry -> entry.text(0)).orElse(USUAL_ADDRESS);
    }

    /// What leads to the page.
    List<Rule> rules() {
        if (!isEnabled()) {
            return List.of();
        }
        Condition isAsked = new Condition.OneOf(
                Template.of(new Variable.Builtin(Attribute.RAW_TARGET), at()),
                new TextSet(TextSet.How.PREFIX, false, List.of(address())),
                false);
        List<Rule> then = new ArrayList<>(access());
        then.add(Services.answeredBy("<STATS>", at()));
        then.add(RequestRules.ending("LR", at()));
        for (Entry entry : proxy.each("stats admin")) {
            acls.behind(entry, 0)
                    .ifPresent(condition -> then.add(new Rule.When(
                            condition,
                            List.of(new Rule.Enter(name(true), entry.origin())),
                            Optional.empty(),
                            entry.origin())));
        }
        then.add(new Rule.Enter(name(false), at()));
        return List.of(new Rule.When(isAsked, then, Optional.empty(), at()));
    }

    /// `stats http-request` lines; without them the users of `stats auth`.
    private List<Rule> access() {
        List<Rule> rules = new ArrayList<>();
        Optional<UserList> users = users();
        String realm = proxy.last("stats realm").map(entry -> entry.text(0)).orElse(USUAL_REALM);
        List<Entry> said = proxy.each("stats http-request");
        if (said.isEmpty()) {
            Span asking = proxy.last("stats auth").map(Entry::origin).orElseGet(this::at);
            users.ifPresent(list -> rules.add(new Rule.When(
                    new Condition.Not(new Condition.Authenticated(list, List.of())),
                    List.of(new Rule.Challenge(Template.constant(realm, asking), asking)),
                    Optional.empty(),
                    asking)));
            return rules;
        }
        proxy.last("stats auth", "stats realm")
                .ifPresent(other -> scene.problems()
                        .error(
                                "haproxy.stats",
                                other.origin(),
                                "proxy '" + proxy.name()
                                        + "': stats 'auth'/'realm' and 'http-request' can't be used at the same time.",
                                "with http-request, a userlist says who may: stats http-request auth unless {"
                                        + " http_auth(LIST) }"));
        List<Condition> allowed = new ArrayList<>();
        for (Entry entry : said) {
            List<Condition> all = new ArrayList<>();
            acls.behind(entry, entry.text(0).equals("auth") && entry.text(1).equals("realm") ? 3 : 1)
                    .ifPresent(all::add);
            allowed.forEach(each -> all.add(new Condition.Not(each)));
            Condition when = all.isEmpty()
                    ? new Condition.Always(true)
                    : all.size() == 1 ? all.getFirst() : new Condition.AllOf(all);
            switch (entry.text(0)) {
                case "allow" -> allowed.add(when);
                case "deny" -> rules.add(when(when, new Rule.Answer(403, Optional.empty(), entry.origin()), entry));
                case "auth" -> {
                    String asked = entry.text(1).equals("realm") ? entry.text(2) : realm;
                    Rule challenge = new Rule.Challenge(Template.constant(asked, entry.origin()), entry.origin());
                    rules.add(when(when, challenge, entry));
                }
                default ->
                    scene.problems()
                            .error(
                                    "haproxy.rule",
                                    entry.arg(0).span(),
                                    "'stats http-request' expects 'allow', 'deny' or 'auth', not '" + entry.text(0)
                                            + "'");
            }
        }
        return rules;
    }

    private static Rule when(Condition condition, Rule then, Entry entry) {
        return new Rule.When(condition, List.of(then), Optional.empty(), entry.origin());
    }

    private Optional<UserList> users() {
        List<UserList.User> users = new ArrayList<>();
        for (Entry entry : proxy.each("stats auth")) {
            String text = entry.text(0);
            int colon = text.indexOf(':');
            String name = colon < 0 ? text : text.substring(0, colon);
            String password = colon < 0 ? "" : text.substring(colon + 1);
            users.add(new UserList.User(
                    name,
                    new UserList.Secret.Plain(password),
                    Set.of(),
                    entry.arg(0).span()));
        }
        return users.isEmpty() ? Optional.empty() : Optional.of(new UserList("stats:" + proxy.name(), users, at()));
    }

    private String name(boolean steers) {
        return (steers ? "stats-admin:" : "stats:") + proxy.name();
    }

    /// Where the page is, with and without the right to change things.
    List<Location> locations(Settings settings) {
        if (!isEnabled()) {
            return List.of();
        }
        StatusPage page = page();
        return List.of(location(name(false), page, settings), location(name(true), page.steering(), settings));
    }

    private Location location(String name, StatusPage page, Settings settings) {
        return new Location(
                new Location.Match.Named(name),
                List.of(),
                settings,
                new Action.ShowRoster(page, at()),
                List.of(),
                true,
                at());
    }

    private StatusPage page() {
        List<String> scope = proxy.each("stats scope").stream()
                .map(entry -> entry.text(0).equals(".") ? proxy.name() : entry.text(0))
                .toList();
        Optional<Duration> refresh = proxy.last("stats refresh")
                .flatMap(entry -> scene.workshop().delay(entry.arg(0), "stats refresh", ChronoUnit.SECONDS));
        return new StatusPage(
                address(),
                scope,
                false,
                refresh,
                proxy.each("stats hide-version").isEmpty(),
                !proxy.each("stats show-legends").isEmpty(),
                said("stats show-node", scene.workshop().globals().text("node")),
                said(
                        "stats show-desc",
                        scene.workshop().globals().last("description").map(entry -> Line.joined(entry.args()))));
    }

    /// The line's own text, or the one of `global`.
    private Optional<String> said(String keyword, Optional<String> otherwise) {
        return proxy.last(keyword).flatMap(entry -> {
            List<Word> words = entry.args();
            return words.isEmpty() ? otherwise : Optional.of(Line.joined(words));
        });
    }
}
