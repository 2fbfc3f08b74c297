/// A stack as a service of the machine's own systemd: the unit that starts it, and putting that in place and
/// taking it away again. Starts nothing.
@NullMarked
package dev.fairlead.cli.install;

import org.jspecify.annotations.NullMarked;
