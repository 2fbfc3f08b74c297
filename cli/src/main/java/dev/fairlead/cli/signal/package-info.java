/// Signals as this program gets them: blocked in every thread by the launcher and read from one descriptor.
@NullMarked
package dev.fairlead.cli.signal;

import org.jspecify.annotations.NullMarked;
