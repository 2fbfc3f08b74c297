/// Connections without sockets behave as those with one.
@NullMarked
package dev.fairlead.engine.net;

import org.jspecify.annotations.NullMarked;
