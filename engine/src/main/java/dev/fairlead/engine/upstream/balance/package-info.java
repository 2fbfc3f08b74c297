/// Which server of a group is next: the ways to balance, and what binds a client to the server it had before.
///
/// Promise: what chooses belongs to one event loop or says how it is shared; choosing blocks nobody. May use
/// `server`, and from `answer` the fields of cookies.
@NullMarked
package dev.fairlead.engine.upstream.balance;

import org.jspecify.annotations.NullMarked;
