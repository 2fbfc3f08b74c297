package dev.fairlead.engine.upstream;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// Bytes on their way to someone slower: in memory up to a bound, then in a temporary file, first in first out.
/// Writing to the file happens on the event loop, as nginx does without its thread pools: it goes to the page
/// cache.
public final class Spool {
    private static final int PIECE = 64 * 1024;

    private final ArrayDeque<ByteBuf> memory = new ArrayDeque<>();
    private long memoryBytes;
    private long memoryLimit;
    private long fileLimit;
    private String folder = "";
    private @Nullable TemporaryFile file;
    private long fileRead;
    private long fileWritten;

    /// @param memoryLimit bytes held in memory
    /// @param fileLimit bytes held in a file; 0 for none
    public void begin(long memoryLimit, long fileLimit, String folder) {
        this.memoryLimit = memoryLimit;
        this.fileLimit = fileLimit;
        this.folder = folder;
    }

    public boolean isEmpty() {
        return memory.isEmpty() && fileRead == fileWritten;
    }

    /// Whether it should take no more for now.
    public boolean isFull() {
        return fileLimit > 0 ? fileWritten >= fileLimit : memoryBytes >= memoryLimit;
    }

    /// Whether enough has left it to go on filling.
    boolean hasRoom() {
        return fileWritten == 0 && memoryBytes < memoryLimit;
    }

    boolean isInFile() {
        return file != null;
    }

    /// @param data owned by the spool
    /// @throws IOException if the file cannot be made or written to; the data is released
    public void add(ByteBuf data) throws IOException {
        if (fileWritten == 0 && (memoryBytes < memoryLimit || fileLimit == 0)) {
            memory.add(data);
            memoryBytes += data.readableBytes();
            return;
        }
        try {
            TemporaryFile present = file;
            if (present == null) {
                present = TemporaryFile.in(folder);
                file = present;
            }
            fileWritten += present.write(data, fileWritten);
        } finally {
            data.release();
        }
    }

    /// The oldest piece, owned by the caller.
    ///
    /// @throws IOException if the file cannot be read
    public ByteBuf take(ByteBufAllocator buffers) throws IOException {
        ByteBuf oldest = memory.poll();
        if (oldest != null) {
            memoryBytes -= oldest.readableBytes();
            return oldest;
        }
        TemporaryFile present = Objects.requireNonNull(file);
        int count = (int) Math.min(PIECE, fileWritten - fileRead);
        ByteBuf piece = present.read(buffers, fileRead, count);
        fileRead += count;
        if (fileRead == fileWritten) {
            fileRead = 0;
            fileWritten = 0;
        }
        return piece;
    }

    public void clear() {
        while (!memory.isEmpty()) {
            memory.remove().release();
        }
        memoryBytes = 0;
        fileRead = 0;
        fileWritten = 0;
        TemporaryFile present = file;
        if (present != null) {
            file = null;
            present.close();
        }
    }
}
