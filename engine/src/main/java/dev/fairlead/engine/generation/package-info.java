/// The engine as the rest of the program sees it: a plan runs, is replaced by another without closing a
/// connection, and ends in order.
@NullMarked
package dev.fairlead.engine.generation;

import org.jspecify.annotations.NullMarked;
