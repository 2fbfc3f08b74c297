/// Servers of a backend, how the next one is chosen, and what binds clients to one.
@NullMarked
package dev.fairlead.dialect.haproxy.build.server;

import org.jspecify.annotations.NullMarked;
