/// What may be asked of a running stack, as sealed commands, and what came of it.
@NullMarked
package dev.fairlead.model.control;

import org.jspecify.annotations.NullMarked;
