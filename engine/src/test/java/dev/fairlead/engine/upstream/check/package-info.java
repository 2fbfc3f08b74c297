/// What checks say and make of what they hear.
@NullMarked
package dev.fairlead.engine.upstream.check;

import org.jspecify.annotations.NullMarked;
