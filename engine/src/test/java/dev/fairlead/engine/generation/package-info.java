/// Plans that run, are replaced and end, over real sockets.
@NullMarked
package dev.fairlead.engine.generation;

import org.jspecify.annotations.NullMarked;
