package dev.fairlead.dialect.haproxy.lint;

import dev.fairlead.dialect.haproxy.scope.Configuration;
import dev.fairlead.dialect.haproxy.scope.Entry;
import dev.fairlead.dialect.haproxy.scope.Proxy;
import dev.fairlead.dialect.haproxy.syntax.Word;
import dev.fairlead.source.Diagnostic;
import dev.fairlead.source.Problems;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/// The statistics page, or the command socket, with nobody kept out.
final class OpenStatus implements LintRule {
    static final String ID = "lint.open-status";

    private static final Pattern INSIDE =
            Pattern.compile("(ipv[46]@|tcp[46]?@)?(127\\..*|localhost:.*|\\[?::1]?:.*)|/.*|(unix|abns|sockpair|fd)@.*");
    private static final Set<String> GUARDS =
            Set.of("stats auth", "stats http-request", "http-request deny", "http-request auth", "http-request reject");

    @Override
    public void look(Configuration configuration, Problems problems) {
        for (Entry socket : configuration.globals().each("stats socket")) {
            if (socket.count() > 0 && !isInside(socket.text(0))) {
                problems.add(Diagnostic.warning(
                                ID, socket.arg(0).span(), "everyone who reaches this address can give commands")
                        .hint("stats socket /run/haproxy/admin.sock mode 660 level admin"));
            }
        }
        for (Proxy proxy : configuration.proxies()) {
            if (proxy.isFrontend() && !proxy.isTcp() && !isInside(proxy)) {
                page(proxy)
                        .ifPresent(page -> problems.add(Diagnostic.warning(
                                        ID,
                                        page.origin(),
                                        "everyone sees the statistics of "
                                                + proxy.section().shown() + ", servers included")
                                .hint("stats auth USER:PASSWORD, or bind it to 127.0.0.1")));
            }
        }
    }

    /// The line that asks for the page, unless another one keeps people out.
    private static Optional<Entry> page(Proxy proxy) {
        boolean isGuarded = proxy.entries().stream().anyMatch(entry -> GUARDS.contains(entry.name()));
        return proxy.last("stats enable").or(() -> proxy.last("stats uri")).filter(entry -> entry.isOn() && !isGuarded);
    }

    private static boolean isInside(Proxy proxy) {
        List<String> addresses = proxy.each("bind").stream()
                .map(entry -> entry.arg(0))
                .map(Word::text)
                .flatMap(text -> Arrays.stream(text.split(",", -1)))
                .toList();
        return !addresses.isEmpty() && addresses.stream().allMatch(OpenStatus::isInside);
    }

    private static boolean isInside(String address) {
        return INSIDE.matcher(address).matches();
    }
}
