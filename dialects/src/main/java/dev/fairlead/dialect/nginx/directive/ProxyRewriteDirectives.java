package dev.fairlead.dialect.nginx.directive;

import static dev.fairlead.dialect.nginx.directive.Rows.HTTP_SERVER_LOCATION;

import dev.fairlead.dialect.Arity;
import dev.fairlead.dialect.Directive;
import dev.fairlead.dialect.nginx.scope.Assembly;
import dev.fairlead.dialect.nginx.scope.Compilation;
import dev.fairlead.dialect.nginx.scope.Context;
import dev.fairlead.dialect.nginx.scope.Deferred;
import dev.fairlead.dialect.nginx.scope.Group;
import dev.fairlead.dialect.nginx.scope.Level;
import dev.fairlead.dialect.nginx.scope.Setter;
import dev.fairlead.dialect.nginx.scope.Setting;
import dev.fairlead.dialect.nginx.syntax.Statement;
import dev.fairlead.dialect.nginx.syntax.Word;
import dev.fairlead.dialect.nginx.variable.Templates;
import dev.fairlead.model.http.Forward.CookieFlags;
import dev.fairlead.model.http.Forward.CookieRewrite;
import dev.fairlead.model.http.Forward.Find;
import dev.fairlead.model.http.Forward.RedirectRewrite;
import dev.fairlead.source.Span;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// How addresses in another server's answer are rewritten: `proxy_redirect` and `proxy_cookie_*`.
final class ProxyRewriteDirectives {
    private static final Setting<List<Redirect>> REDIRECTS =
            Setting.of(Group.PROXY, List.of(new Redirect.Default(Span.builtIn())));
    private static final Setting<List<Deferred<CookieRewrite>>> DOMAINS = Setting.of(Group.PROXY, List.of());
    private static final Setting<List<Deferred<CookieRewrite>>> PATHS = Setting.of(Group.PROXY, List.of());
    private static final Setting<List<CookieFlags>> FLAGS = Setting.of(Group.PROXY, List.of());

    private ProxyRewriteDirectives() {}

    /// One line of `proxy_redirect`.
    sealed interface Redirect {
        record Default(Span origin) implements Redirect {}

        record Given(Deferred<RedirectRewrite> rewrite) implements Redirect {}
    }

    static List<Directive<Context, Setter>> rows() {
        return List.of(
                Rows.row(
                        "proxy_redirect",
                        HTTP_SERVER_LOCATION,
                        Arity.between(1, 2),
                        "Rewrites Location and Refresh.",
                        ProxyRewriteDirectives::redirect),
                Rows.row(
                        "proxy_cookie_domain",
                        HTTP_SERVER_LOCATION,
                        Arity.between(1, 2),
                        "Rewrites the domain of cookies.",
                        (statement, level, c) -> cookie(statement, level, c, DOMAINS)),
                Rows.row(
                        "proxy_cookie_path",
                        HTTP_SERVER_LOCATION,
                        Arity.between(1, 2),
                        "Rewrites the path of cookies.",
                        (statement, level, c) -> cookie(statement, level, c, PATHS)),
                Rows.row(
                        "proxy_cookie_flags",
                        HTTP_SERVER_LOCATION,
                        Arity.between(1, 4),
                        "Sets and removes attributes of cookies.",
                        ProxyRewriteDirectives::cookieFlags));
    }

    private static void redirect(Statement statement, Level level, Compilation c) {
        Word first = statement.arg(0);
        if (statement.count() == 1) {
            if (first.is("off") || first.is("false")) {
                level.reassign(REDIRECTS, List.of(), statement.span());
            } else if (first.is("default")) {
                checkDefault(statement, level, c);
                level.append(REDIRECTS, new Redirect.Default(statement.span()), statement.span());
            } else {
                c.invalidParameter(first);
            }
            return;
        }
        Word replacement = c.text(statement.arg(1));
        find(first, c)
                .ifPresent(find -> level.append(
                        REDIRECTS,
                        new Redirect.Given(assembly -> new RedirectRewrite(
                                find.resolve(assembly), assembly.templates().template(replacement), statement.span())),
                        statement.span()));
    }

    /// `default` is made from the target, which must be known by then.
    private static void checkDefault(Statement statement, Level level, Compilation c) {
        Optional<Span> target = level.context() == Context.LOCATION
                ? level.place().actionOrigin().filter(origin -> origin.text().startsWith("proxy_pass"))
                : Optional.empty();
        if (target.isEmpty() && c.problems().hasErrors()) {
            // The line that it stands behind may be one of those that could not be read.
            return;
        }
        if (target.isEmpty()) {
            c.value(statement.arg(0), "\"proxy_redirect default\" should be placed after the \"proxy_pass\" directive");
        } else if (target.get().text().indexOf('$') >= 0) {
            c.value(
                    statement.arg(0),
                    "\"proxy_redirect default\" cannot be used with \"proxy_pass\" directive with variables",
                    "name both addresses, or write proxy_redirect off");
        }
    }

    private static Optional<Deferred<Find>> find(Word word, Compilation c) {
        if (word.text().startsWith("~")) {
            boolean ignoreCase = word.text().startsWith("~*");
            return Expressions.regex(word.after(ignoreCase ? "~*" : "~"), ignoreCase, c)
                    .map(regex -> assembly -> new Find.Expression(regex));
        }
        c.text(word);
        return Optional.of(assembly -> new Find.Text(assembly.templates().template(word)));
    }

    private static void cookie(
            Statement statement, Level level, Compilation c, Setting<List<Deferred<CookieRewrite>>> setting) {
        if (statement.count() == 1) {
            if (statement.arg(0).is("off")) {
                level.reassign(setting, List.of(), statement.span());
            } else {
                c.invalidParameter(statement.arg(0));
            }
            return;
        }
        Word first = statement.arg(0);
        boolean dotted = setting == DOMAINS
                && first.text().startsWith(".")
                && first.text().length() > 1;
        Word replacement = c.text(statement.arg(1));
        find(dotted ? first.after(".") : first, c)
                .ifPresent(find -> level.append(
                        setting,
                        assembly -> new CookieRewrite(
                                find.resolve(assembly), assembly.templates().template(replacement), statement.span()),
                        statement.span()));
    }

    private static void cookieFlags(Statement statement, Level level, Compilation c) {
        Word cookie = statement.arg(0);
        if (statement.count() == 1) {
            if (cookie.is("off")) {
                level.reassign(FLAGS, List.of(), statement.span());
            } else {
                c.invalidParameter(cookie);
            }
            return;
        }
        Optional<Boolean> secure = Optional.empty();
        Optional<Boolean> httpOnly = Optional.empty();
        Optional<String> sameSite = Optional.empty();
        for (Word flag : statement.args().subList(1, statement.count())) {
            switch (flag.text()) {
                case "secure" -> secure = Optional.of(true);
                case "nosecure" -> secure = Optional.of(false);
                case "httponly" -> httpOnly = Optional.of(true);
                case "nohttponly" -> httpOnly = Optional.of(false);
                case "samesite=strict", "samesite=lax", "samesite=none" ->
                    sameSite = Optional.of(flag.text().substring(9));
                case "nosamesite" -> sameSite = Optional.of("");
                default -> flagWithoutEffect(flag, c);
            }
        }
        Optional<Find> find = cookie.text().startsWith("~")
                ? Expressions.regex(cookie.after("~"), true, c).map(Find.Expression::new)
                : Optional.of(new Find.Text(dev.fairlead.model.text.Template.constant(cookie.text(), cookie.span())));
        Optional<CookieFlags> flags = Optional.empty();
        if (find.isPresent()) {
            flags = Optional.of(new CookieFlags(find.get(), secure, httpOnly, sameSite, statement.span()));
        }
        flags.ifPresent(value -> level.append(FLAGS, value, statement.span()));
    }

    private static void flagWithoutEffect(Word flag, Compilation c) {
        if (Templates.hasVariables(flag)) {
            c.problems()
                    .error(
                            "nginx.unsupported",
                            flag.span(),
                            "variables in flags of \"proxy_cookie_flags\" are not supported by Fairlead: write the flag");
        } else {
            c.problems()
                    .warning(
                            "nginx.cookie-flag",
                            flag.span(),
                            "invalid proxy_cookie_flags flag \"" + flag + "\"",
                            "secure, httponly, samesite=strict, samesite=lax, samesite=none, or one with no before it");
        }
    }

    /// The rewrites of Location; `byDefault` is what `default` stands for.
    static List<RedirectRewrite> redirects(Level level, Assembly assembly, Optional<RedirectRewrite> byDefault) {
        List<RedirectRewrite> rewrites = new ArrayList<>();
        for (Redirect redirect : level.value(REDIRECTS)) {
            switch (redirect) {
                case Redirect.Default found -> byDefault.ifPresent(rewrites::add);
                case Redirect.Given given -> rewrites.add(given.rewrite().resolve(assembly));
            }
        }
        return List.copyOf(rewrites);
    }

    static List<CookieRewrite> domains(Level level, Assembly assembly) {
        return level.value(DOMAINS).stream()
                .map(rewrite -> rewrite.resolve(assembly))
                .toList();
    }

    static List<CookieRewrite> paths(Level level, Assembly assembly) {
        return level.value(PATHS).stream()
                .map(rewrite -> rewrite.resolve(assembly))
                .toList();
    }

    static List<CookieFlags> flags(Level level) {
        return level.value(FLAGS);
    }
}
