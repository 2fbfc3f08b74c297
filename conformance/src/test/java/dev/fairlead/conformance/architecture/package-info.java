/// Holds the code to the shape it was designed with: which package may use which, and how long things may get.
@NullMarked
package dev.fairlead.conformance.architecture;

import org.jspecify.annotations.NullMarked;
