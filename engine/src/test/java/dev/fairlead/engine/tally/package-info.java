/// What is counted for operators.
@NullMarked
package dev.fairlead.engine.tally;

import org.jspecify.annotations.NullMarked;
