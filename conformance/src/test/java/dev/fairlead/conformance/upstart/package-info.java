/// Upstart's jobs, from their texts to what becomes of them: with events alone, and with real processes.
@NullMarked
package dev.fairlead.conformance.upstart;

import org.jspecify.annotations.NullMarked;
