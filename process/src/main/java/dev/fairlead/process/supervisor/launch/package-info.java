/// The processes of a service and the surroundings it asks for: as whom it runs, with which variables, folders,
/// descriptors and limits, how it is confined, what becomes of what it prints, which processes turn out to be its,
/// and how they end with the supervisor. [Launcher] is the way in.
///
/// Promise: nothing here decides when a service is started or ended. On the master loop, but for the threads of
/// [Spawner]. What it makes it makes through [dev.fairlead.os].
@NullMarked
package dev.fairlead.process.supervisor.launch;

import org.jspecify.annotations.NullMarked;
