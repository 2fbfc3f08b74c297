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
import org.jspecify.annotations.Nullable;

/// A file for as long as it is needed.
public final class TemporaryFile implements AutoCloseable {
    private final FileChannel channel;
    private final @Nullable Path name;

    private TemporaryFile(FileChannel channel, @Nullable Path name) {
        this.channel = channel;
        this.name = name;
    }

    /// Makes one in the folder, or where the system keeps such files if the folder cannot be written to. Its
    /// name is gone as soon as it is open.
    public static TemporaryFile in(String folder) throws IOException {
        Path name = nameIn(folder);
        try {
            return new TemporaryFile(open(name), null);
        } finally {
            Files.deleteIfExists(name);
        }
    }

    /// The same, but others can find it by name until it is closed.
    static TemporaryFile named(String folder) throws IOException {
        Path name = nameIn(folder);
        return new TemporaryFile(open(name), name);
    }

    private static FileChannel open(Path name) throws IOException {
        return FileChannel.open(name, Set.of(StandardOpenOption.READ, StandardOpenOption.WRITE));
    }

    /// Empty for a file without one.
    String name() {
        return name == null ? "" : name.toString();
    }

    private static Path nameIn(String folder) throws IOException {
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

    /// As many bytes from a place, owned by the caller.
    ///
    /// @throws EOFException if the file is shorter
    public ByteBuf read(ByteBufAllocator buffers, long at, int count) throws IOException {
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
            if (name != null) {
                Files.deleteIfExists(name);
            }
        } catch (IOException nothingLost) {
            return;
        }
    }
}
