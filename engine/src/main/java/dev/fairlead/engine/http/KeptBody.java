package dev.fairlead.engine.http;

import io.netty.util.ReferenceCounted;

/// A request's body that a handler took in whole. Belongs to one event loop.
public interface KeptBody extends ReferenceCounted {
    /// The body where it is in memory, a byte a character; empty if it is in a file. Makes a string each time.
    String text();

    /// The file it is in, if it has a name as long as the request lasts; else empty.
    String fileName();
}
