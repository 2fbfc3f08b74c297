/// Whether servers are well: requests and dialogues of our own at intervals, agents, and the verdict of both.
///
/// Promise: checks run on an event loop of theirs and touch requests only through the state of a server. May use
/// `server`, `dial` and `answer`.
@NullMarked
package dev.fairlead.engine.upstream.check;

import org.jspecify.annotations.NullMarked;
