/// Durations, moments and calendar expressions, as systemd.time(7) has them.
@NullMarked
package dev.fairlead.dialect.systemd.time;

import org.jspecify.annotations.NullMarked;
