/// Parts of a socket unit: where it listens, how its sockets are set up, which files and commands are around them,
/// and who answers.
///
/// Promise: immutable values that know no unit. May use `execution`.
@NullMarked
package dev.fairlead.model.service.socket;

import org.jspecify.annotations.NullMarked;
