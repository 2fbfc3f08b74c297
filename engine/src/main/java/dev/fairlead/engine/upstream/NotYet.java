package dev.fairlead.engine.upstream;

import dev.fairlead.engine.compile.CompileContext;
import dev.fairlead.model.upstream.ServerTraits;
import dev.fairlead.model.upstream.Upstream;

/// Refuses what the model can say of upstreams and the engine does not carry out yet.
final class NotYet {
    private NotYet() {}

    static void check(Upstream upstream, CompileContext context) {
        for (Upstream.Server server : upstream.servers()) {
            ServerTraits traits = server.traits();
            if (traits.tls().isPresent() || traits.proxyHeader().isPresent()) {
                refuse(upstream, "TLS or a PROXY header for one server", context);
            }
        }
    }

    private static void refuse(Upstream upstream, String what, CompileContext context) {
        context.problems()
                .error(
                        "upstream.unsupported",
                        upstream.origin(),
                        what + " is not supported yet for upstream \"" + upstream.name() + "\"");
    }
}
