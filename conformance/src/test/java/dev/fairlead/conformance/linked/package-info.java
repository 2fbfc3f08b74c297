/// Hops inside a plan, with and without sockets: what a client sees is the same.
@NullMarked
package dev.fairlead.conformance.linked;

import org.jspecify.annotations.NullMarked;
