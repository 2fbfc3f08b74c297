package dev.fairlead.dialect.haproxy.lint;

import dev.fairlead.dialect.haproxy.scope.Configuration;
import dev.fairlead.dialect.haproxy.scope.Entry;
import dev.fairlead.dialect.haproxy.scope.Proxy;
import dev.fairlead.dialect.haproxy.syntax.Word;
import dev.fairlead.source.Diagnostic;
import dev.fairlead.source.Problems;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/// Lines about HTTP where connections are passed on as they are, which is so unless `mode http` is said. Those that
/// HAProxy itself warns of are told by the compiler.
final class MixedModes implements LintRule {
    static final String ID = "lint.mixed-modes";

    private static final Set<String> ABOUT_HTTP = Set.of(
            "option httpclose",
            "option http-server-close",
            "option http-keep-alive",
            "errorfile",
            "capture request header",
            "capture response header");

    @Override
    public void look(Configuration configuration, Problems problems) {
        List<Proxy> proxies = configuration.proxies();
        for (Proxy proxy : proxies) {
            if (proxy.isTcp() && !proxy.isDisabled()) {
                targets(proxy)
                        .filter(name -> isHttp(name.text(), proxies))
                        .findFirst()
                        .ifPresentOrElse(
                                name -> problems.add(Diagnostic.warning(
                                                ID,
                                                name.span(),
                                                "connections are passed to backend '" + name.text()
                                                        + "' as they are: nothing that it says about HTTP is done")
                                        .hint(proxy.section().shown()
                                                + " is in mode tcp, which is what holds where no mode is said; write"
                                                + " mode http in it or in defaults")),
                                () -> aboutHttp(proxy, problems));
            }
        }
    }

    private static void aboutHttp(Proxy proxy, Problems problems) {
        proxy.section().entries().stream()
                .filter(entry -> entry.isOn() && isAboutHttp(entry.name()))
                .findFirst()
                .ifPresent(entry -> problems.add(Diagnostic.warning(
                                ID,
                                entry.origin(),
                                "'" + entry.name() + "' has no effect: "
                                        + proxy.section().shown() + " is in mode tcp, where nothing is known of HTTP")
                        .hint(proxy.last("mode")
                                .map(mode -> "that is said at " + mode.origin().fileAndLine()
                                        + ": write mode http in this section, or take the line out")
                                .orElse("that is what holds where no mode is said; write mode http in it or in"
                                        + " defaults"))));
    }

    private static Stream<Word> targets(Proxy proxy) {
        return Stream.concat(proxy.each("use_backend").stream(), proxy.last("default_backend").stream())
                .filter(Entry::isOn)
                .map(entry -> entry.arg(0));
    }

    private static boolean isHttp(String name, List<Proxy> proxies) {
        return proxies.stream()
                .anyMatch(proxy -> proxy.isBackend() && proxy.name().equals(name) && !proxy.isTcp());
    }

    private static boolean isAboutHttp(String name) {
        return ABOUT_HTTP.contains(name);
    }
}
