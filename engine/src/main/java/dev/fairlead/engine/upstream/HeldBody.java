package dev.fairlead.engine.upstream;

import dev.fairlead.engine.http.KeptBody;
import dev.fairlead.model.http.RequestBody;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.util.AbstractReferenceCounted;
import io.netty.util.ReferenceCounted;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/// A request's body, taken in whole: in memory up to a bound, then in a temporary file. It can be sent any number
/// of times.
public final class HeldBody extends AbstractReferenceCounted implements KeptBody {
    private static final int FIRST = 1024;

    /// What a client announces makes no more memory taken than this before it is here.
    private static final int TRUSTED_LENGTH = 64 * 1024;

    private @Nullable ByteBuf memory;
    private @Nullable TemporaryFile file;
    private long length;
    private boolean isComplete;

    /// What is held in memory: the whole body, or nothing if it is empty or in a file.
    public @Nullable ByteBuf memory() {
        return memory;
    }

    /// The file it is in, if it is.
    public @Nullable TemporaryFile file() {
        return file;
    }

    @Override
    public String text() {
        ByteBuf present = memory;
        return present == null ? "" : present.toString(StandardCharsets.ISO_8859_1);
    }

    @Override
    public String fileName() {
        TemporaryFile present = file;
        return present == null ? "" : present.name();
    }

    public long length() {
        return length;
    }

    public boolean isComplete() {
        return isComplete;
    }

    /// Nothing more will be added.
    public void complete() {
        isComplete = true;
    }

    /// Takes bytes in; the data keeps its owner.
    ///
    /// @param announced the body's length if it is known, else anything below 1
    /// @return whether this made it go to a file
    public boolean add(ByteBuf data, long announced, RequestBody settings) throws IOException {
        int count = data.readableBytes();
        TemporaryFile present = file;
        boolean moves = present == null && (settings.inFile() || length + count > settings.memoryBytes());
        if (moves) {
            present = moveToFile(settings);
        }
        if (present != null) {
            length += present.write(data, length);
        } else if (count > 0) {
            buffer(count, announced, settings.memoryBytes()).writeBytes(data);
            length += count;
        }
        return moves;
    }

    private ByteBuf buffer(int count, long announced, int most) {
        ByteBuf present = memory;
        if (present == null) {
            int size = announced > 0 && announced <= most
                    ? (int) Math.max(count, Math.min(announced, TRUSTED_LENGTH))
                    : Math.min(most, Math.max(count, FIRST));
            present = ByteBufAllocator.DEFAULT.directBuffer(size);
            memory = present;
        }
        return present;
    }

    private TemporaryFile moveToFile(RequestBody settings) throws IOException {
        TemporaryFile made = settings.inFile()
                ? TemporaryFile.named(settings.temporaryFolder())
                : TemporaryFile.in(settings.temporaryFolder());
        file = made;
        ByteBuf held = memory;
        if (held != null) {
            memory = null;
            made.write(held, 0);
            held.release();
        }
        return made;
    }

    @Override
    protected void deallocate() {
        ByteBuf held = memory;
        if (held != null) {
            memory = null;
            held.release();
        }
        TemporaryFile present = file;
        if (present != null) {
            file = null;
            present.close();
        }
    }

    @Override
    public ReferenceCounted touch(Object hint) {
        return this;
    }
}
