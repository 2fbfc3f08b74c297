package dev.fairlead.engine.upstream.answer;

import dev.fairlead.engine.compile.CompileContext;
import dev.fairlead.engine.http.Exchange;
import dev.fairlead.model.http.Forward.RedirectRewrite;
import dev.fairlead.model.http.Redirects;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// How Location and Refresh of another server's answer become addresses of this one. The first rule that matches
/// does it.
record RedirectRules(List<Rewriting> rules) {

    static RedirectRules compile(List<RedirectRewrite> rewrites, CompileContext context) {
        return new RedirectRules(rewrites.stream()
                .map(rewrite -> Rewriting.compile(rewrite.find(), context.text(rewrite.replacement()), context))
                .toList());
    }

    boolean isEmpty() {
        return rules.isEmpty();
    }

    /// A path that a rule made is completed as a redirect of the server's own is.
    String location(Exchange exchange, String value) {
        String rewritten = rewritten(exchange, value);
        if (rewritten == null) {
            return value;
        }
        return rewritten.startsWith("/") ? absolute(exchange, rewritten) : rewritten;
    }

    String refresh(Exchange exchange, String value) {
        int url = value.toLowerCase(Locale.ROOT).indexOf("url=");
        if (url < 0) {
            return value;
        }
        int start = url + "url=".length();
        String rewritten = rewritten(exchange, value.substring(start));
        return rewritten == null ? value : value.substring(0, start) + rewritten;
    }

    private @Nullable String rewritten(Exchange exchange, String value) {
        for (Rewriting rule : rules) {
            String result = rule.atStart(exchange, value);
            if (result != null) {
                return result;
            }
        }
        return null;
    }

    private static String absolute(Exchange exchange, String path) {
        Redirects redirects = exchange.place().settings().redirects();
        if (!redirects.absolute()) {
            return path;
        }
        boolean tls = exchange.connection().isTls();
        String named = exchange.head().host();
        String host = named.isEmpty() ? exchange.connection().local().text() : named;
        int port = exchange.connection().local().port();
        boolean isUsual = port == 0 || port == (tls ? 443 : 80);
        String suffix = redirects.withPort() && !isUsual ? ":" + port : "";
        return (tls ? "https://" : "http://") + host + suffix + path;
    }
}
