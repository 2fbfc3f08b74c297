package dev.fairlead.dialect.nginx;

import dev.fairlead.dialect.nginx.directive.TlsDirectives;
import dev.fairlead.dialect.nginx.scope.Http.Listened;
import dev.fairlead.dialect.nginx.scope.Listen;
import dev.fairlead.dialect.nginx.scope.Server;
import dev.fairlead.model.http.HttpListener;
import dev.fairlead.model.http.VirtualHost;
import dev.fairlead.source.Problems;
import java.util.List;
import java.util.function.Function;

/// Makes one listener of all that servers say about an address.
final class Listeners {
    private Listeners() {}

    static HttpListener build(Listened listened, Function<Server, VirtualHost> hosts, Problems problems) {
        List<Listened.Entry> entries = listened.entries();
        Listen first = entries.getFirst().listen();
        boolean tls = entries.stream().anyMatch(entry -> speaksTls(entry));
        Listened.Entry byDefault = entries.stream()
                .filter(entry -> entry.listen().isDefault())
                .findFirst()
                .orElse(entries.getFirst());
        if (tls) {
            entries.forEach(entry -> checkCertificate(entry, byDefault, hosts, problems));
        }
        return new HttpListener(
                first.address(),
                listened.options().orElse(first).options(),
                tls,
                entries.stream().anyMatch(entry -> entry.listen().proxyProtocol()),
                entries.stream().anyMatch(entry -> entry.listen().http2()),
                entries.stream().map(entry -> hosts.apply(entry.server())).toList(),
                hosts.apply(byDefault.server()),
                first.origin());
    }

    private static boolean speaksTls(Listened.Entry entry) {
        return entry.listen().tls()
                || TlsDirectives.allListens(entry.server().place().level());
    }

    /// A name without certificate may share an address with others; nginx then fails its handshakes. The default
    /// server must have one.
    private static void checkCertificate(
            Listened.Entry entry, Listened.Entry byDefault, Function<Server, VirtualHost> hosts, Problems problems) {
        if (hosts.apply(entry.server()).tls().isPresent()) {
            return;
        }
        if (speaksTls(entry)) {
            problems.error(
                    "nginx.no-certificate",
                    entry.server().place().origin(),
                    "no \"ssl_certificate\" is defined for the \""
                            + (entry.listen().tls() ? "listen ... ssl" : "ssl") + "\" directive",
                    "asked for at " + entry.listen().origin() + "; name a certificate with ssl_certificate and its key"
                            + " with ssl_certificate_key");
        } else if (entry.equals(byDefault)) {
            problems.error(
                    "nginx.no-certificate",
                    entry.listen().origin(),
                    "no \"ssl_certificate\" is defined for the \"listen ... ssl\" directive",
                    "another server of " + entry.listen().text() + " speaks TLS there, and this is the default one");
        } else {
            problems.warning(
                    "nginx.no-certificate",
                    entry.listen().origin(),
                    "no \"ssl_certificate\" is defined for this server of "
                            + entry.listen().text(),
                    "another server speaks TLS there: requests for this one's names fail their handshake");
        }
    }
}
