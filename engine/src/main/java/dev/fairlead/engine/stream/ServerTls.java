package dev.fairlead.engine.stream;

import dev.fairlead.engine.compile.CompileContext;
import dev.fairlead.engine.compile.Text;
import dev.fairlead.engine.tls.ClientTls;
import dev.fairlead.engine.tls.TlsClientContexts;
import dev.fairlead.model.tls.TlsClient;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// How TLS is spoken to a server.
///
/// @param name what its certificate is checked for, where that is not the target's host
record ServerTls(ClientTls tls, @Nullable Text name) {
    static Optional<ServerTls> compile(TlsClient wanted, CompileContext context) {
        return TlsClientContexts.compile(wanted, context.problems())
                .map(tls -> new ServerTls(tls, wanted.name().map(context::text).orElse(null)));
    }
}
