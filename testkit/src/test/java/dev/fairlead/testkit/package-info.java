/// The tools that test everything else, tested.
@NullMarked
package dev.fairlead.testkit;

import org.jspecify.annotations.NullMarked;
