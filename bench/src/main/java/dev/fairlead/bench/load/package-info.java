/// A load client for measurements, and an upstream for them: HTTP/1.1 and WebSocket, with and without TLS, at a
/// fixed rate or as fast as answers come. One event loop does everything, so that it needs little of the
/// processor that it measures on. Prints one JSON object.
@NullMarked
package dev.fairlead.bench.load;

import org.jspecify.annotations.NullMarked;
