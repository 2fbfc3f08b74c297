/// Tests of passwords and limits.
@NullMarked
package dev.fairlead.engine.access;

import org.jspecify.annotations.NullMarked;
