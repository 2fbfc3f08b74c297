/// Shows the way of a request through a plan that does not run: the engine's own router with somebody who looks
/// on. Opens no listener, no log and no connection.
@NullMarked
package dev.fairlead.engine.explain;

import org.jspecify.annotations.NullMarked;
