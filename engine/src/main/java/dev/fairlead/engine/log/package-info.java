/// Access and error logs. Lines are put together on the event loop, collected there, and written by one thread
/// of their own, so that a slow disk delays no request.
///
/// What waits to be written is bounded ([LogWriter#MOST_WAITING_BYTES]). When the disk does not keep up,
/// further lines are dropped and counted, and the count is written once there is room again.
@NullMarked
package dev.fairlead.engine.log;

import org.jspecify.annotations.NullMarked;
