/// What can only be seen with all parts of a stack together, how problems are shown to programs, and carrying
/// out fixes.
@NullMarked
package dev.fairlead.cli.lint;

import org.jspecify.annotations.NullMarked;
