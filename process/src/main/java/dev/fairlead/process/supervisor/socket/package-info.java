/// Opens the sockets and pipes of a unit as it asks: their files, folders, links, owners and what is set on them.
///
/// Promise: nothing here waits for a connection or starts anything. What is made is made through
/// [dev.fairlead.os]. Only on the master loop.
@NullMarked
package dev.fairlead.process.supervisor.socket;

import org.jspecify.annotations.NullMarked;
