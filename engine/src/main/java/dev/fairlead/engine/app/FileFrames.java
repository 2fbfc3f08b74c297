package dev.fairlead.engine.app;

import dev.fairlead.engine.handler.HeldFile;
import dev.fairlead.engine.http.Exchange;
import dev.fairlead.engine.http.OpenFile;
import dev.fairlead.os.Descriptors;
import dev.fairlead.os.FileAccess;
import io.netty.buffer.ByteBuf;
import io.netty.util.concurrent.FastThreadLocal;
import java.io.IOException;
import java.util.Optional;

/// Files that a worker has open, as a piece of a response: opened again here through its process, so that their
/// content need not pass through the worker.
final class FileFrames {
    /// Descriptor, offset and length.
    static final int PAYLOAD_BYTES = 20;

    private static final FastThreadLocal<FileAccess> ACCESS = new FastThreadLocal<>() {
        @Override
        protected FileAccess initialValue() {
            return new FileAccess();
        }
    };

    private FileFrames() {}

    /// Writes the stretch that a FILE frame names to the exchange's output.
    ///
    /// @param process the worker's
    /// @param payload of the frame, [#PAYLOAD_BYTES] long
    /// @return false if it was not taken: no regular file, not to be opened by us, shorter than the stretch,
    /// or to
    ///     be looked at on its way, which the worker does better by sending pieces
    static boolean take(Exchange exchange, long process, ByteBuf payload) {
        int descriptor = payload.readIntLE();
        long offset = payload.readLongLE();
        long length = payload.readLongLE();
        if (descriptor < 0 || offset < 0 || length < 0 || exchange.output().wantsMemory()) {
            return false;
        }
        Optional<OpenFile> opened = open(process, descriptor);
        if (opened.isEmpty()) {
            return false;
        }
        OpenFile file = opened.get();
        if (length > file.size() || offset > file.size() - length) {
            file.release();
            return false;
        }
        exchange.output().file(file, offset, length);
        return true;
    }

    /// Opens what a process has open under a number, if that is a regular file.
    static Optional<OpenFile> open(long process, int descriptor) {
        FileAccess access = ACCESS.get();
        byte[] name = FileAccess.name("/proc/" + process + "/fd/" + descriptor);
        // Asked first, because opening some devices has effects; and again, because it may be another file by now.
        if (access.look(name) < 0 || !access.isFile()) {
            return Optional.empty();
        }
        int opened = access.open(name);
        if (opened < 0) {
            return Optional.empty();
        }
        if (access.look(opened) < 0 || !access.isFile() || !DescriptorFacts.mayRead(process, descriptor, opened)) {
            Descriptors.close(opened);
            return Optional.empty();
        }
        try {
            return Optional.of(HeldFile.of(opened, access.size()));
        } catch (IOException refused) {
            return Optional.empty();
        }
    }
}
