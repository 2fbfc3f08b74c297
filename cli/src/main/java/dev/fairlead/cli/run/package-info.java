/// What runs: the parts put together, started in order, reloaded as one, and ended in order.
@NullMarked
package dev.fairlead.cli.run;

import org.jspecify.annotations.NullMarked;
