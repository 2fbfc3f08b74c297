package dev.fairlead.engine.filter;

import dev.fairlead.engine.http.BodyOutput;
import dev.fairlead.engine.http.Exchange;
import dev.fairlead.engine.http.OpenFile;

/// An output that has to see all bytes of a body: files are read for it.
interface MemoryOutput extends BodyOutput {
    Exchange exchange();

    @Override
    default void file(OpenFile file, long offset, long length) {
        FileReading.pieces(exchange(), file, offset, length, this);
    }

    @Override
    default boolean wantsMemory() {
        return true;
    }
}
