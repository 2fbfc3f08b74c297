package dev.fairlead.engine.handler;

import dev.fairlead.engine.http.OpenFile;
import dev.fairlead.os.Descriptors;
import io.netty.util.AbstractReferenceCounted;
import io.netty.util.ReferenceCounted;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/// An open file as carriers send it.
public final class HeldFile extends AbstractReferenceCounted implements OpenFile {
    private final FileChannel channel;
    private final long size;

    private HeldFile(FileChannel channel, long size) {
        this.channel = channel;
        this.size = size;
    }

    /// Takes over a descriptor, which is closed in any case: the kernel opens what it stands for once more for
    /// the channel, by no name but its number.
    public static HeldFile of(int descriptor, long size) throws IOException {
        try {
            return new HeldFile(
                    FileChannel.open(Path.of("/proc/self/fd/" + descriptor), StandardOpenOption.READ), size);
        } finally {
            Descriptors.close(descriptor);
        }
    }

    @Override
    public FileChannel channel() {
        return channel;
    }

    @Override
    public long size() {
        return size;
    }

    @Override
    public ReferenceCounted touch(Object hint) {
        return this;
    }

    @Override
    protected void deallocate() {
        try {
            channel.close();
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }
}
