package dev.fairlead.dialect.nginx.directive;

import dev.fairlead.dialect.Arity;
import dev.fairlead.dialect.Directive;
import dev.fairlead.dialect.nginx.scope.Assembly;
import dev.fairlead.dialect.nginx.scope.Compilation;
import dev.fairlead.dialect.nginx.scope.Context;
import dev.fairlead.dialect.nginx.scope.Group;
import dev.fairlead.dialect.nginx.scope.Level;
import dev.fairlead.dialect.nginx.scope.Server;
import dev.fairlead.dialect.nginx.scope.Setter;
import dev.fairlead.dialect.nginx.scope.Setting;
import dev.fairlead.dialect.nginx.syntax.Statement;
import dev.fairlead.dialect.nginx.syntax.Word;
import dev.fairlead.model.http.Access;
import dev.fairlead.model.http.Access.Referers.Site;
import dev.fairlead.model.http.VirtualHost.ServerName;
import dev.fairlead.model.text.Regex;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// What requests can show for themselves: `valid_referers`, `secure_link`.
final class ProofDirectives {
    private static final Setting<Optional<Referers>> REFERERS = Setting.of(Group.ACCESS, Optional.empty());
    private static final Setting<Optional<Word>> LINK = Setting.of(Group.ACCESS, Optional.empty());
    private static final Setting<Optional<Word>> SIGNED = Setting.of(Group.ACCESS, Optional.empty());
    private static final Setting<Optional<Word>> SECRET = Setting.of(Group.ACCESS, Optional.empty());

    private ProofDirectives() {}

    /// As far as it is known before all of the server is read.
    ///
    /// @param server whose names count as well
    private record Referers(
            boolean none, boolean blocked, Optional<Server> server, List<Site> sites, List<Regex> addresses) {}

    static List<Directive<Context, Setter>> rows() {
        return List.of(
                Rows.words(
                        "valid_referers",
                        Rows.SERVER_LOCATION,
                        Arity.atLeast(1),
                        "Says from where requests may come; $invalid_referer is 1 for others.",
                        ProofDirectives::referers),
                Rows.text(
                        "secure_link",
                        Rows.HTTP_SERVER_LOCATION,
                        LINK,
                        "Says where a link's checksum is, and until when it is good; $secure_link tells."),
                Rows.text("secure_link_md5", Rows.HTTP_SERVER_LOCATION, SIGNED, "Says what that checksum is made of."),
                Rows.literal(
                        "secure_link_secret",
                        Rows.LOCATION,
                        SECRET,
                        "Names the secret of links with a checksum in the path; $secure_link is what is signed."));
    }

    private static void referers(Statement statement, Level level, Compilation c) {
        Referers before = level.own(REFERERS)
                .flatMap(Level.Assigned::value)
                .orElse(new Referers(false, false, Optional.empty(), List.of(), List.of()));
        boolean none = before.none;
        boolean blocked = before.blocked;
        Optional<Server> server = before.server;
        List<Site> sites = new ArrayList<>(before.sites);
        List<Regex> addresses = new ArrayList<>(before.addresses);
        for (Word word : statement.args()) {
            switch (word.text()) {
                case "none" -> none = true;
                case "blocked" -> blocked = true;
                case "server_names" -> server = Optional.of(level.place().server());
                case "" -> c.value(word, "invalid referer \"\"");
                case "~" -> c.value(word, "empty regex in \"~\"");
                default -> {
                    if (word.text().startsWith("~")) {
                        Expressions.regex(word.after("~"), true, c).ifPresent(addresses::add);
                    } else {
                        site(word, c).ifPresent(sites::add);
                    }
                }
            }
        }
        Referers referers = new Referers(none, blocked, server, List.copyOf(sites), List.copyOf(addresses));
        level.reassign(REFERERS, Optional.of(referers), statement.span());
    }

    private static Optional<Site> site(Word word, Compilation c) {
        String text = word.text();
        int slash = text.indexOf('/');
        String host = (slash < 0 ? text : text.substring(0, slash)).toLowerCase(Locale.ROOT);
        Optional<ServerName> name = ServerDirectives.plain(host)
                .filter(plain -> !(plain instanceof ServerName.Exact) || host.indexOf('*') < 0);
        if (name.isEmpty()) {
            c.value(word, "invalid hostname or wildcard \"" + host + "\"");
        }
        return name.map(plain -> new Site(plain, slash < 0 ? "" : text.substring(slash)));
    }

    static Access.Proofs build(Level level, Assembly assembly) {
        return new Access.Proofs(referers(level, assembly), link(level, assembly));
    }

    private static Optional<Access.Referers> referers(Level level, Assembly assembly) {
        return level.value(REFERERS).map(referers -> {
            List<Site> sites = new ArrayList<>(referers.sites);
            List<Regex> hosts = new ArrayList<>();
            referers.server.ifPresent(server -> server.names().forEach(named -> {
                switch (named.name()) {
                    case ServerName.Expression expression -> hosts.add(expression.regex());
                    case ServerName.Exact name -> sites.add(new Site(name, ""));
                    case ServerName.Leading name -> sites.add(new Site(name, ""));
                    case ServerName.Trailing name -> sites.add(new Site(name, ""));
                }
            }));
            if ((referers.none || referers.blocked) && sites.isEmpty()) {
                assembly.problems()
                        .error(
                                "nginx.value",
                                level.origin(REFERERS),
                                "the \"none\" or \"blocked\" referers are specified in the \"valid_referers\" directive"
                                        + " without any valid referer");
            }
            return new Access.Referers(
                    referers.none, referers.blocked, List.copyOf(sites), List.copyOf(hosts), referers.addresses);
        });
    }

    private static Optional<Access.SignedLink> link(Level level, Assembly assembly) {
        Optional<Word> link = level.value(LINK);
        Optional<Word> signed = level.value(SIGNED);
        Optional<Level.Assigned<Optional<Word>>> own = level.own(SECRET);
        if (own.isPresent() && (level.own(LINK).isPresent() || level.own(SIGNED).isPresent())) {
            assembly.problems()
                    .error(
                            "nginx.value",
                            own.get().origin(),
                            "\"secure_link_secret\" cannot be mixed with \"secure_link\" and \"secure_link_md5\"");
        }
        boolean isInPath = own.isPresent() || (link.isEmpty() && signed.isEmpty());
        if (isInPath) {
            return level.value(SECRET).map(secret -> new Access.SignedLink.InPath(secret.text()));
        }
        if (link.isEmpty() || signed.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(new Access.SignedLink.ByText(
                assembly.templates().template(link.get()), assembly.templates().template(signed.get())));
    }
}
