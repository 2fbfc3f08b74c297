/// Counters by key: tables that all loops share and that outlive generations, and what requests and connections
/// track in them. Reading and counting take a lock for the time of a look-up, where a table is used only.
@NullMarked
package dev.fairlead.engine.stick;

import org.jspecify.annotations.NullMarked;
