/// Jobs that named events start and stop, as Upstart runs them: what comes of an event, and each step of a job.
///
/// Promise: pure. Starts no process and reads no clock: what is to be done goes to a [JobEffects], what has
/// happened comes in by calls. Not thread-safe; one thread at a time. Depends on the model alone.
///
/// ```
/// engine.emit("runlevel", variables, failed -> {});   a job's `start on` may hold now
///   → effects.run(...)                                 its processes are started
/// engine.ended(instance, process, ending);             the next step
/// ```
@NullMarked
package dev.fairlead.process.events;

import org.jspecify.annotations.NullMarked;
