/// What programs share that serve in the background: going there, listeners handed on, the pid file, giving up
/// root.
@NullMarked
package dev.fairlead.cli.daemon;

import org.jspecify.annotations.NullMarked;
