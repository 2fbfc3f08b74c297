package dev.fairlead.dialect.pound.table;

import dev.fairlead.dialect.Arity;
import dev.fairlead.dialect.Directive;
import java.util.List;
import java.util.Set;

/// Directives of servers.
final class BackendRows {
    private static final Arity ONE = Arity.exactly(1);
    private static final Set<Context> BACKEND = Set.of(Context.BACKEND);

    private BackendRows() {}

    static List<Directive<Context, Shape>> rows() {
        return List.of(
                Rows.block("BackEnd", Rows.GLOBAL, ONE, "A server by name, for `UseBackend`."),
                Rows.line("Address", Rows.BACKENDS, ONE, "The server's address or name, or the path of a socket."),
                Rows.line("Port", Rows.BACKENDS, ONE, "Its port."),
                Rows.line(
                        "HTTPS",
                        Rows.BACKENDS,
                        Arity.between(0, 1),
                        "TLS is spoken to it; its certificate is not checked."),
                Rows.line("Cert", Rows.BACKENDS, ONE, "The certificate that is shown to it."),
                Rows.line("Ciphers", Rows.BACKENDS, ONE, "The ciphers of TLS 1.2 and below."),
                Rows.line("Disable", Rows.BACKENDS, ONE, "Takes a version of TLS away, and all lower ones."),
                Rows.line("ServerName", Rows.BACKENDS, ONE, "The name that SNI and Host say."),
                Rows.line("Priority", BACKEND, ONE, "Its share, 1 to 65535; 5."),
                Rows.line("TimeOut", Rows.BACKENDS, ONE, "Seconds that it has for an answer."),
                Rows.line("ConnTO", Rows.BACKENDS, ONE, "Seconds to connect to it."),
                Rows.line("WSTimeOut", Rows.BACKENDS, ONE, "Seconds that a WebSocket may be silent."),
                Rows.line("Disabled", BACKEND, ONE, "Whether it is left out."),
                Rows.line(
                        "HAport",
                        Rows.BACKENDS,
                        Arity.between(1, 2),
                        "A port, with an address before it or of the server, that has to take connections."),
                Rows.refused("Family", BACKEND, Shape.LINE, "names are resolved as the machine does it, at the start"),
                Rows.refused("Resolve", BACKEND, Shape.LINE, "names are resolved as the machine does it, at the start"),
                Rows.unneeded("IgnoreSRVWeight", BACKEND, "belongs to Resolve"),
                Rows.unneeded("OverrideTTL", BACKEND, "belongs to Resolve"),
                Rows.unneeded("RetryInterval", BACKEND, "belongs to Resolve"));
    }
}
