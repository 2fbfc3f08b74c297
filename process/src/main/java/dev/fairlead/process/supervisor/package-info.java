/// Runs services: starts them in order, keeps them up, captures what they print, stops them in order.
///
/// Promise: [Supervisor] is the way in. `Supervisor.start(units, options, clock, journal, listener)` brings the
/// enabled units up on a master thread of its own; `status()` is a snapshot; `execute(new
/// UnitCommand.Restart("web"))` and its kin answer when the thing is done; `apply(newUnits)` takes changed
/// definitions; `stopAll()` takes everything down in order, after which `close()` ends the thread. All of them
/// may be called from any thread, none blocks.
///
/// ```
/// Journal journal = Journal.open(folder, JournalLimits.DEFAULT, Clock.system());
/// Supervisor supervisor = Supervisor.start(units, SupervisorOptions.DEFAULT, Clock.system(), journal, change
/// -> …);
/// supervisor.execute(new UnitCommand.Restart("nethelper@4002")).thenAccept(outcome -> …);
/// journal.tailAndFollow(List.of("nethelper@4002.service"), 50, entry -> …);
/// supervisor.stopAll().thenRun(supervisor::close);
/// ```
///
/// [Preflight] says before anything runs what will not work on this machine. What a service does next is
/// decided in [dev.fairlead.process.state]; this package does it: `launch` makes the processes and their
/// surroundings, `socket` opens sockets, `condition` asks the machine, all through [dev.fairlead.os]. Everything
/// here but those two classes lives on the master thread. No Netty, no engine.
@NullMarked
package dev.fairlead.process.supervisor;

import org.jspecify.annotations.NullMarked;
