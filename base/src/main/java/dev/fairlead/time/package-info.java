/// The only clock. Code that needs to know the time is given a [Clock]; tests give it one they move by hand.
@NullMarked
package dev.fairlead.time;

import org.jspecify.annotations.NullMarked;
