package dev.fairlead.engine.filter;

import dev.fairlead.engine.http.BodyOutput;
import dev.fairlead.engine.http.OpenFile;
import io.netty.buffer.ByteBuf;

/// Lets one range of a body pass.
final class RangeOutput implements PassingOutput {
    private final long start;
    private final long end;
    private final BodyOutput next;
    private long position;

    RangeOutput(long start, long end, BodyOutput next) {
        this.start = start;
        this.end = end;
        this.next = next;
    }

    @Override
    public BodyOutput next() {
        return next;
    }

    @Override
    public void data(ByteBuf data) {
        long from = position;
        int length = data.readableBytes();
        position += length;
        int skipped = Math.clamp(start - from, 0, length);
        int kept = Math.clamp(end - from, 0, length);
        if (kept <= skipped) {
            data.release();
            return;
        }
        int base = data.readerIndex();
        next.data(data.setIndex(base + skipped, base + kept));
    }

    @Override
    public void file(OpenFile file, long offset, long length) {
        long from = position;
        position += length;
        long skipped = Math.clamp(start - from, 0, length);
        long kept = Math.clamp(end - from, 0, length);
        if (kept <= skipped) {
            file.release();
            return;
        }
        next.file(file, offset + skipped, kept - skipped);
    }
}
