/// What a service does next: a total function of its state and of what happened.
///
/// Promise: no clock, no process, no I/O, no mutable state. [ServiceTable] answers every event in every phase;
/// what has to be done about it is handed back as [Action]s. The steps, their order and the rules for
/// restarting are systemd's.
@NullMarked
package dev.fairlead.process.state;

import org.jspecify.annotations.NullMarked;
