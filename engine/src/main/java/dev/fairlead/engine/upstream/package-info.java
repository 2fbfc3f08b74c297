/// Passing requests to other servers and their answers back: the client's side of HTTP/1, pools of connections,
/// trying the next server, tunnels. Servers and their groups are in `server`, the choice among them in `balance`,
/// their checks in `check`, the way to them in `dial`, what they answer in `answer`.
///
/// Promise: an exchange stays on its event loop, its connection to the other server too. May use the engine's
/// `http`, `compile`, `net` and `tls` packages, not the router and not the carriers.
@NullMarked
package dev.fairlead.engine.upstream;

import org.jspecify.annotations.NullMarked;
