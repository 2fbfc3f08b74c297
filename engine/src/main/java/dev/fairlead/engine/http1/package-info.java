/// HTTP/1.0 and HTTP/1.1 as a server speaks it (RFC 9110, RFC 9112): request heads and bodies in, responses
/// out, one [Http1Connection] for each client. Hands sound requests to an
/// [dev.fairlead.engine.http.ExchangeEntry] and has unsound ones refused by it.
///
/// Framing is strict: what two programs could read in two ways is refused and the connection closed. Where the
/// RFC leaves a choice nginx's is taken. Plain requests allocate nothing once a connection has served a few.
@NullMarked
package dev.fairlead.engine.http1;

import org.jspecify.annotations.NullMarked;
