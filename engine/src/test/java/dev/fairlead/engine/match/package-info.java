/// Tests of finding texts and numbers among many.
@NullMarked
package dev.fairlead.engine.match;

import org.jspecify.annotations.NullMarked;
