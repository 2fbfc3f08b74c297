/// TLS for listeners and for connections to other servers: certificates and keys read when a plan is provisioned,
/// contexts chosen by server name, what a client's certificate is worth.
///
/// BoringSSL through Netty's native library; the JDK's own TLS where that cannot be loaded. Depends on the
/// model, the engine's text conventions and Netty.
@NullMarked
package dev.fairlead.engine.tls;

import org.jspecify.annotations.NullMarked;
