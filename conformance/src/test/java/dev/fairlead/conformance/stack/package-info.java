/// The example stack as a whole, under load and under attack, as its operator meets it: through the command line.
@NullMarked
package dev.fairlead.conformance.stack;

import org.jspecify.annotations.NullMarked;
