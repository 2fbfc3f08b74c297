/// Tests of conversions.
@NullMarked
package dev.fairlead.engine.convert;

import org.jspecify.annotations.NullMarked;
