/// Sizes, durations and patterns of names as configuration files write them. Each dialect names the grammar it
/// follows; nothing here guesses.
@NullMarked
package dev.fairlead.unit;

import org.jspecify.annotations.NullMarked;
