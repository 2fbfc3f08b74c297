/// Connections that are passed on, through a running engine and real sockets.
@NullMarked
package dev.fairlead.engine.stream;

import org.jspecify.annotations.NullMarked;
