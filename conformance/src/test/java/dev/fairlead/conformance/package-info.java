/// What holds for the product as a whole, seen from outside: the shape of its code and where the running
/// program is found.
@NullMarked
package dev.fairlead.conformance;

import org.jspecify.annotations.NullMarked;
