/// What is counted for parts of the traffic by name: frontends, backends, servers. Counting neither locks nor
/// waits; who reads adds up. Outlives reloads. Knows nothing of exchanges and connections: those count here.
@NullMarked
package dev.fairlead.engine.tally;

import org.jspecify.annotations.NullMarked;
