package dev.fairlead.engine.net;

import io.netty.buffer.ByteBuf;
import java.nio.ByteBuffer;
import java.nio.channels.WritableByteChannel;

/// Takes bytes into a buffer until it is full.
final class BufferTarget implements WritableByteChannel {
    private final ByteBuf buffer;

    BufferTarget(ByteBuf buffer) {
        this.buffer = buffer;
    }

    @Override
    public int write(ByteBuffer source) {
        int count = Math.min(source.remaining(), buffer.writableBytes());
        ByteBuffer part = source.slice(source.position(), count);
        buffer.writeBytes(part);
        source.position(source.position() + count);
        return count;
    }

    @Override
    public boolean isOpen() {
        return true;
    }

    @Override
    public void close() {}
}
