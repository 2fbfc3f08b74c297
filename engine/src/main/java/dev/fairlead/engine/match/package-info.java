/// Finds which of many texts fits a value, at a cost that does not grow with how many there are and without
/// garbage. Knows nothing of requests: bytes in, the number of a text out.
@NullMarked
package dev.fairlead.engine.match;

import org.jspecify.annotations.NullMarked;
