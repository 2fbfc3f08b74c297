/// The program as its users know it: started as a process, signalled, asked from outside.
@NullMarked
package dev.fairlead.cli.program;

import org.jspecify.annotations.NullMarked;
