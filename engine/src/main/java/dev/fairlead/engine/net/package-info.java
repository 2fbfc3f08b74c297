/// Event loops, listeners, and time on event loops.
@NullMarked
package dev.fairlead.engine.net;

import org.jspecify.annotations.NullMarked;
