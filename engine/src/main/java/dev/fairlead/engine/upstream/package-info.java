/// Passing requests to other servers and their answers back: the client's side of HTTP/1, pools of connections,
/// choosing a server, trying the next one, tunnels.
///
/// Promise: an exchange stays on its event loop, its connection to the other server too. May use the engine's
/// `http`, `compile`, `net` and `tls` packages, not the router and not the carriers.
@NullMarked
package dev.fairlead.engine.upstream;

import org.jspecify.annotations.NullMarked;
