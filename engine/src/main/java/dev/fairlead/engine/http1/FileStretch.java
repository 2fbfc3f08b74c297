package dev.fairlead.engine.http1;

import dev.fairlead.engine.http.OpenFile;
import io.netty.channel.DefaultFileRegion;

/// A stretch of a file on its way to a socket by sendfile. The file is released, not closed, behind it.
final class FileStretch extends DefaultFileRegion {
    private final OpenFile file;

    FileStretch(OpenFile file, long offset, long length) {
        super(file.channel(), offset, length);
        this.file = file;
    }

    @Override
    protected void deallocate() {
        file.release();
    }
}
