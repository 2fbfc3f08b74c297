/// What is done about an application's workers: a total function of how they stand and of what happened.
///
/// Promise: no clock, no process, no I/O, no mutable state outside one turn. [Arbiter] answers every event;
/// what has to
/// be done about it is handed back as [Action]s, which the master performs. A new generation of the code comes up
/// beside the one that serves, and a worker is replaced by starting the next one first.
@NullMarked
package dev.fairlead.process.arbiter;

import org.jspecify.annotations.NullMarked;
