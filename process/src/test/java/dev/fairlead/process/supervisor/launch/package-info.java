/// Variables: how they are read and where they go.
@NullMarked
package dev.fairlead.process.supervisor.launch;

import org.jspecify.annotations.NullMarked;
