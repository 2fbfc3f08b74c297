/// Immutable snapshots of what is: made by the parts that run, rendered by those that show.
@NullMarked
package dev.fairlead.model.status;

import org.jspecify.annotations.NullMarked;
