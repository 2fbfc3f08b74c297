package dev.fairlead.dialect.nginx.directive;

import dev.fairlead.dialect.Arity;
import dev.fairlead.dialect.Directive;
import dev.fairlead.dialect.nginx.scope.Assembly;
import dev.fairlead.dialect.nginx.scope.Compilation;
import dev.fairlead.dialect.nginx.scope.Context;
import dev.fairlead.dialect.nginx.scope.Http;
import dev.fairlead.dialect.nginx.scope.Level;
import dev.fairlead.dialect.nginx.scope.Place;
import dev.fairlead.dialect.nginx.scope.Setter;
import dev.fairlead.dialect.nginx.scope.UpstreamScope;
import dev.fairlead.dialect.nginx.syntax.Statement;
import dev.fairlead.dialect.nginx.syntax.Word;
import dev.fairlead.dialect.nginx.value.Addresses;
import dev.fairlead.dialect.nginx.variable.Templates;
import dev.fairlead.model.http.Action;
import dev.fairlead.model.http.Forward;
import dev.fairlead.model.http.Forward.PathMapping;
import dev.fairlead.model.http.Forward.RedirectRewrite;
import dev.fairlead.model.http.Forward.Target;
import dev.fairlead.model.net.Address;
import dev.fairlead.model.text.Template;
import dev.fairlead.model.tls.TlsClient;
import dev.fairlead.model.upstream.Balance;
import dev.fairlead.model.upstream.Upstream;
import dev.fairlead.source.Problems;
import dev.fairlead.source.Span;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// `proxy_pass`: to whom, and what becomes of the path.
public final class ProxyPass {
    private static final Set<Context> CONTEXTS =
            EnumSet.of(Context.LOCATION, Context.LOCATION_IF, Context.LIMIT_EXCEPT);
    private static final String NO_PATH_HERE = "\"proxy_pass\" cannot have URI part in location given by regular"
            + " expression, or inside named location, or inside \"if\" statement, or inside \"limit_except\" block";

    private ProxyPass() {}

    /// The parts of a URL without variables.
    ///
    /// @param hostPort as written, without scheme and path
    /// @param path with its query; empty if there is none
    private record Url(boolean secure, String hostPort, String path) {
        static Url of(String text) {
            boolean secure = text.regionMatches(true, 0, "https://", 0, 8);
            String rest = text.substring(secure ? 8 : 7);
            if (rest.startsWith("unix:")) {
                int end = rest.indexOf(':', 5);
                return end < 0
                        ? new Url(secure, rest, "")
                        : new Url(secure, rest.substring(0, end), rest.substring(end + 1));
            }
            int end = 0;
            while (end < rest.length() && rest.charAt(end) != '/' && rest.charAt(end) != '?') {
                end++;
            }
            String path = rest.substring(end);
            return new Url(secure, rest.substring(0, end), path.startsWith("?") ? "/" + path : path);
        }

        int port() {
            return secure ? 443 : 80;
        }
    }

    static List<Directive<Context, Setter>> rows() {
        return List.of(Rows.row(
                "proxy_pass", CONTEXTS, Arity.exactly(1), "Passes requests to another server.", ProxyPass::proxyPass));
    }

    private static void proxyPass(Statement statement, Level level, Compilation c) {
        Place place = level.place();
        Optional<Span> before = place.actionOrigin();
        if (before.isPresent() && before.get().text().startsWith("proxy_pass")) {
            c.directive(statement, statement.span(), "is duplicate", "first set at " + before.get());
            return;
        }
        Word url = c.text(statement.arg(0));
        if (Templates.hasVariables(url)) {
            place.answer(assembly -> computed(url, level, statement.span(), assembly), statement.span());
            return;
        }
        String text = url.text();
        if (!text.regionMatches(true, 0, "http://", 0, 7) && !text.regionMatches(true, 0, "https://", 0, 8)) {
            c.value(url, "invalid URL prefix", "an address starts with http:// or https://");
            return;
        }
        Url parts = Url.of(text);
        boolean prefix =
                level.context() == Context.LOCATION && place.match().prefix().isPresent();
        if (!prefix && !parts.path().isEmpty()) {
            c.value(url, NO_PATH_HERE, "leave out \"" + parts.path() + "\", or use rewrite");
            return;
        }
        if (Addresses.parse(parts.hostPort(), parts.port(), Addresses.Purpose.CONNECT)
                instanceof Addresses.Parsed.Bad(String reason)) {
            c.value(url, reason + " in upstream \"" + text.substring(text.indexOf("//") + 2) + "\"");
            return;
        }
        declared(url, parts, c.http(), c.problems());
        place.answer(assembly -> fixed(url, parts, level, statement.span(), assembly), statement.span());
    }

    private static Action fixed(Word url, Url parts, Level level, Span origin, Assembly assembly) {
        Optional<TlsClient> tls =
                parts.secure() ? Optional.of(ProxyTlsDirectives.build(level, assembly, origin)) : Optional.empty();
        String location = level.place().match().prefix().orElse("");
        PathMapping path = parts.path().isEmpty()
                ? new PathMapping.Unchanged()
                : new PathMapping.ReplacePrefix(location, parts.path());
        Template find = Template.constant(parts.path().isEmpty() ? url.text() + "/" : url.text(), url.span());
        Template replacement = Template.constant(parts.path().isEmpty() ? "/" : location, url.span());
        RedirectRewrite byDefault = new RedirectRewrite(new Forward.Find.Text(find), replacement, origin);
        Target target = target(url, parts, tls, assembly);
        return forward(target, path, Optional.of(byDefault), level, origin, assembly);
    }

    private static Target target(Word url, Url parts, Optional<TlsClient> tls, Assembly assembly) {
        String hostPort = parts.hostPort();
        UpstreamScope declared = declared(url, parts, assembly);
        if (declared != null) {
            return new Target.Fixed(assembly.declared(declared), tls, hostPort, String.valueOf(parts.port()));
        }
        return switch (Addresses.parse(hostPort, parts.port(), Addresses.Purpose.CONNECT)) {
            case Addresses.Parsed.Good(Address address, boolean portGiven) -> {
                Address here = UpstreamServers.onThisMachine(
                        address, assembly.environment().paths());
                Upstream upstream = assembly.implied(implied(address, here, url.span()));
                yield switch (address) {
                    case Address.Unix unix -> new Target.Fixed(upstream, tls, "localhost", "");
                    case Address.Tcp tcp -> {
                        boolean usual = tcp.port() == parts.port();
                        String host = usual && portGiven ? hostPort.substring(0, hostPort.lastIndexOf(':')) : hostPort;
                        yield new Target.Fixed(upstream, tls, host, String.valueOf(tcp.port()));
                    }
                };
            }
            case Addresses.Parsed.Bad(String reason) -> throw new IllegalStateException(reason);
        };
    }

    private static @Nullable UpstreamScope declared(Word url, Url parts, Assembly assembly) {
        return declared(url, parts, assembly.http(), assembly.problems());
    }

    /// The declared upstream that is meant, if any; reports a port behind its name.
    private static @Nullable UpstreamScope declared(Word url, Url parts, Http http, Problems problems) {
        UpstreamScope exact = http.upstreams().get(parts.hostPort());
        int colon = parts.hostPort().lastIndexOf(':');
        if (exact != null || colon < 0 || parts.hostPort().startsWith("unix:")) {
            return exact;
        }
        UpstreamScope named = http.upstreams().get(parts.hostPort().substring(0, colon));
        if (named != null) {
            problems.error(
                    "nginx.upstream-port",
                    url.span(),
                    "upstream \"" + named.name() + "\" may not have port "
                            + parts.hostPort().substring(colon + 1),
                    "the ports stand in the upstream's servers");
        }
        return named;
    }

    private static Upstream implied(Address named, Address here, Span origin) {
        Upstream.Server server = new Upstream.Server(here, 1, 0, 1, Duration.ofSeconds(10), false, false, origin);
        return new Upstream(named.text(), List.of(server), new Balance.RoundRobin(), Optional.empty(), false, origin);
    }

    private static Action computed(Word url, Level level, Span origin, Assembly assembly) {
        List<Upstream> declared = assembly.http().upstreams().values().stream()
                .map(assembly::declared)
                .toList();
        boolean plain = url.text().startsWith("http://");
        Optional<TlsClient> tls =
                plain ? Optional.empty() : Optional.of(ProxyTlsDirectives.build(level, assembly, origin));
        Target target =
                new Target.Computed(assembly.templates().template(url), declared, tls, ResolverDirectives.build(level));
        return forward(target, new PathMapping.FromUrl(), Optional.empty(), level, origin, assembly);
    }

    private static Action forward(
            Target target,
            PathMapping path,
            Optional<RedirectRewrite> byDefault,
            Level level,
            Span origin,
            Assembly assembly) {
        Forward forward = new Forward(
                target,
                path,
                ProxyDirectives.request(level, assembly),
                ProxyResponseDirectives.build(
                        level, assembly, ProxyRewriteDirectives.redirects(level, assembly, byDefault)),
                ProxyDirectives.retry(level),
                ProxyDirectives.timeouts(level),
                origin);
        return new Action.ForwardTo(forward, origin);
    }

    /// Whether the buffer sizes at a level fit to each other, whether or not anything is forwarded there.
    public static void checkSizes(Level level, Assembly assembly) {
        ProxyResponseDirectives.checkSizes(level, assembly);
    }

    /// Whether requests to this place's path without its last slash are redirected to it.
    public static boolean redirectsToSlash(Place place) {
        return place.actionOrigin()
                .filter(origin -> origin.text().startsWith("proxy_pass"))
                .isPresent();
    }
}
