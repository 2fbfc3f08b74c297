/// Units beside systemd itself: the machine's own systemd 252 runs the same units, and both have to do the same.
@NullMarked
package dev.fairlead.conformance.systemd;

import org.jspecify.annotations.NullMarked;
