/// All that a stack does, as one value, and the functions from plan to plan.
@NullMarked
package dev.fairlead.model.plan;

import org.jspecify.annotations.NullMarked;
