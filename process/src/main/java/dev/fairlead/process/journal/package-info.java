/// What services print and what the supervisor says about them: line by line, with time and process.
///
/// Promise: a line is on disk before anything that happened after it is reported; files are bounded by size and
/// rotated; the last lines of each unit are also kept in memory. [Journal] is safe for use by several threads.
/// Depends on the clock and the file system alone.
@NullMarked
package dev.fairlead.process.journal;

import org.jspecify.annotations.NullMarked;
