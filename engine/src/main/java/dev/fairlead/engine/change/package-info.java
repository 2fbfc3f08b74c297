/// Files changed by clients, in the way of WebDAV: put, deleted, copied and moved. What waits for the disk runs on
/// threads of its own, event loops do not wait. May use handlers of files, and what holds the bodies of requests.
@NullMarked
package dev.fairlead.engine.change;

import org.jspecify.annotations.NullMarked;
