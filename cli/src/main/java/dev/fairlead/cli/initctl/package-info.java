/// Behaves like Upstart's `initctl`, and like `start`, `stop`, `restart`, `reload` and `status`, over the control
/// socket of a running stack.
///
/// Promise: output, exit codes and messages are those that scripts know. May depend on `cli.control` and
/// `cli.signal` alone.
@NullMarked
package dev.fairlead.cli.initctl;

import org.jspecify.annotations.NullMarked;
