package dev.fairlead.engine.upstream;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import java.io.EOFException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Set;

/// A file that only this process sees for as long as it needs it. Its name is gone as soon as it is open.
final class TemporaryFile implements AutoCloseable {
    private final FileChannel channel;

    private TemporaryFile(FileChannel channel) {
        this.channel = channel;
    }

    /// Makes one in the folder, or where the system keeps such files if the folder cannot be written to.
    static TemporaryFile in(String folder) throws IOException {
        Path name = name(folder);
        try {
            return new TemporaryFile(FileChannel.open(name, Set.of(StandardOpenOption.READ, StandardOpenOption.WRITE)));
        } finally {
            Files.deleteIfExists(name);
        }
    }

    private static Path name(String folder) throws IOException {
        if (!folder.isEmpty()) {
            try {
                Path path = Path.of(folder);
                Files.createDirectories(path);
                return Files.createTempFile(path, "body", "");
            } catch (IOException notOurs) {
                return Files.createTempFile("fairlead", "body");
            }
        }
        return Files.createTempFile("fairlead", "body");
    }

    /// Writes all that is readable at a place and says how much that was; the data keeps its owner.
    int write(ByteBuf data, long at) throws IOException {
        int count = data.readableBytes();
        int done = 0;
        while (done < count) {
            done += data.getBytes(data.readerIndex() + done, channel, at + done, count - done);
        }
        return count;
    }

    ByteBuf read(ByteBufAllocator buffers, long at, int count) throws IOException {
        ByteBuf piece = buffers.directBuffer(count);
        try {
            while (piece.readableBytes() < count) {
                if (piece.writeBytes(channel, at + piece.readableBytes(), count - piece.readableBytes()) < 0) {
                    throw new EOFException("a temporary file became shorter");
                }
            }
        } catch (IOException failed) {
            piece.release();
            throw failed;
        }
        return piece;
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException nothingLost) {
            return;
        }
    }
}
