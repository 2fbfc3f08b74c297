/// Whether requests get what `fairlead explain` says they would.
@NullMarked
package dev.fairlead.conformance.explain;

import org.jspecify.annotations.NullMarked;
