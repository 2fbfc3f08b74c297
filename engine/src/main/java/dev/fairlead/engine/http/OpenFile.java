package dev.fairlead.engine.http;

import io.netty.util.ReferenceCounted;
import java.nio.channels.FileChannel;

/// A file open for reading, shared by those who send it; it is closed when the last of them has released it.
public interface OpenFile extends ReferenceCounted {
    FileChannel channel();

    /// As it was when the file was opened.
    long size();
}
