/// Servers and the groups they form: who they are, how they fare, who waits for a place at one.
///
/// Promise: the state of a server is shared by all event loops and by generations that follow each other. May use
/// the engine's `tally` and `text` packages, not how a server is chosen, reached or checked.
@NullMarked
package dev.fairlead.engine.upstream.server;

import org.jspecify.annotations.NullMarked;
