package dev.fairlead.engine.net;

import io.netty.buffer.AbstractByteBufAllocator;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.PooledByteBufAllocator;

/// Where the buffers of connections come from: what a loop has spare ([SpareBuffers]), else Netty's pool. A buffer
/// has room for more than was asked for, up to twice as much.
public final class LoopAllocator extends AbstractByteBufAllocator {
    /// For all loops; on other threads it is Netty's pool.
    public static final LoopAllocator INSTANCE = new LoopAllocator();

    private static final int LARGEST = 64 << 10;
    private static final PooledByteBufAllocator POOL = PooledByteBufAllocator.DEFAULT;

    private LoopAllocator() {
        super(true);
    }

    @Override
    protected ByteBuf newDirectBuffer(int size, int most) {
        return size <= LARGEST && most == Integer.MAX_VALUE && Thread.currentThread() instanceof LoopThread loop
                ? loop.buffers().take(size)
                : POOL.directBuffer(size, most);
    }

    @Override
    protected ByteBuf newHeapBuffer(int size, int most) {
        return POOL.heapBuffer(size, most);
    }

    @Override
    public boolean isDirectBufferPooled() {
        return POOL.isDirectBufferPooled();
    }
}
