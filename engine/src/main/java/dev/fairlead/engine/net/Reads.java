package dev.fairlead.engine.net;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.channel.AdaptiveRecvByteBufAllocator;
import io.netty.channel.RecvByteBufAllocator;
import io.netty.util.UncheckedBooleanSupplier;

/// What sockets are read into. The size follows what a connection sends. The buffer itself is the loop's and is
/// used again for the next read, of whatever connection, unless somebody still has it: most requests and small
/// answers are taken apart at once. To have one from the pool for each read and to give it back was a
/// hundredth of the processor time of a small request.
final class Reads extends AdaptiveRecvByteBufAllocator {
    /// @param smallest bytes of a read, a power of two
    /// @param first bytes of a connection's first read
    /// @param largest bytes of a read
    Reads(int smallest, int first, int largest) {
        super(smallest, first, largest);
    }

    @SuppressWarnings("deprecation") // Netty declares the handle's type so; its channels want an ExtendedHandle.
    @Override
    public RecvByteBufAllocator.Handle newHandle() {
        return new Sizes((RecvByteBufAllocator.ExtendedHandle) super.newHandle());
    }

    private static final class Sizes extends RecvByteBufAllocator.DelegatingHandle
            implements RecvByteBufAllocator.ExtendedHandle {
        private final RecvByteBufAllocator.ExtendedHandle sizes;

        private Sizes(RecvByteBufAllocator.ExtendedHandle sizes) {
            super(sizes);
            this.sizes = sizes;
        }

        @Override
        public ByteBuf allocate(ByteBufAllocator allocator) {
            if (Thread.currentThread() instanceof LoopThread loop) {
                // Netty goes on reading in tasks, too.
                loop.arrivals().one();
                return loop.buffers().take(sizes.guess());
            }
            return sizes.allocate(allocator);
        }

        @Override
        public boolean continueReading(UncheckedBooleanSupplier maybeMore) {
            return sizes.continueReading(maybeMore);
        }
    }
}
