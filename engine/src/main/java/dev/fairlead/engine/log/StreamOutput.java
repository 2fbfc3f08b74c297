package dev.fairlead.engine.log;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;

/// Standard output or standard error. Never closed; when nobody reads them, lines are lost.
final class StreamOutput implements LogOutput {
    private final FileOutputStream stream;

    @SuppressWarnings("resource") // standard streams stay open
    StreamOutput(FileDescriptor descriptor) {
        stream = new FileOutputStream(descriptor);
    }

    @Override
    @SuppressWarnings("EmptyCatch") // there is nowhere left to say it
    public void write(byte[] bytes, int length) {
        try {
            stream.write(bytes, 0, length);
        } catch (IOException nobodyReads) {
            // As with a closed terminal.
        }
    }
}
