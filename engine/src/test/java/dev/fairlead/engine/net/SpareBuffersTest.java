package dev.fairlead.engine.net;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// Whose a buffer is, and when it is used again.
@Timeout(120)
final class SpareBuffersTest {
    private static final int MANY = 200;

    private final SpareBuffers buffers = new SpareBuffers();

    @AfterEach
    void release() {
        buffers.release();
    }

    @Test
    void aBufferThatNobodyHasIsUsedAgain() {
        ByteBuf first = buffers.take(2048);
        first.writeByte('a');
        first.release();
        ByteBuf second = buffers.take(2000);
        assertThat(second).isSameAs(first);
        assertThat(second.isReadable()).isFalse();
        assertThat(second.capacity()).isEqualTo(2048);
        second.release();
    }

    @Test
    void aBufferThatSomebodyKeepsStaysHis() {
        List<ByteBuf> kept = new ArrayList<>();
        for (int i = 0; i < MANY; i++) {
            kept.add(buffers.take(2048).writeByte(i));
        }
        for (int i = 0; i < MANY; i++) {
            assertThat(kept.get(i).getByte(0)).isEqualTo((byte) i);
        }
        kept.forEach(ByteBuf::release);
        buffers.release();
        assertThat(kept).allSatisfy(each -> assertThat(each.refCnt()).isZero());
    }

    @Test
    void aPartOfItKeepsTheWhole() {
        ByteBuf whole = buffers.take(2048).writeInt(42);
        ByteBuf part = whole.readRetainedSlice(4);
        whole.release();
        ByteBuf other = buffers.take(2048).writeInt(43);
        assertThat(other).isNotSameAs(whole);
        assertThat(part.readInt()).isEqualTo(42);
        part.release();
        other.release();
    }

    @Test
    void whatItsUserHadGrowIsNotKept() {
        ByteBuf grown = buffers.take(256);
        grown.writeZero(100_000);
        grown.release();
        ByteBuf next = buffers.take(256);
        assertThat(next).isNotSameAs(grown);
        assertThat(next.capacity()).isEqualTo(256);
        assertThat(grown.refCnt()).isZero();
        next.release();
    }

    @Test
    void manyAreAtHandAtOnce() {
        Set<ByteBuf> first = takenAtOnce(60);
        Set<ByteBuf> second = takenAtOnce(60);
        assertThat(first).hasSize(60);
        // The round begins where the last one ended.
        second.retainAll(first);
        assertThat(second).hasSizeGreaterThan(50);
    }

    private Set<ByteBuf> takenAtOnce(int count) {
        Set<ByteBuf> taken = Collections.newSetFromMap(new IdentityHashMap<>());
        for (int i = 0; i < count; i++) {
            taken.add(buffers.take(1000));
        }
        taken.forEach(ByteBuf::release);
        return taken;
    }

    @Test
    void sizesAtTheEdgesHaveRoom() {
        for (int size : new int[] {0, 1, 255, 256, 257, 8192, 8193, 65_536}) {
            ByteBuf data = buffers.take(size);
            assertThat(data.writableBytes()).isGreaterThanOrEqualTo(size);
            data.release();
        }
    }

    @Test
    void connectionsHaveThemFromTheirLoop() throws Exception {
        try (Loops loops = Loops.start(1)) {
            loops.all()
                    .getFirst()
                    .submit(() -> {
                        ByteBuf first = loops.allocator().directBuffer(300);
                        first.release();
                        ByteBuf second = loops.allocator().directBuffer(400);
                        assertThat(second).isSameAs(first);
                        ByteBuf bounded = loops.allocator().directBuffer(300, 300);
                        assertThat(bounded.maxCapacity()).isEqualTo(300);
                        bounded.release();
                        second.release();
                    })
                    .get(60, TimeUnit.SECONDS);
        }
        ByteBuf elsewhere = LoopAllocator.INSTANCE.directBuffer(300);
        assertThat(elsewhere.refCnt()).isEqualTo(1);
        elsewhere.release();
    }
}
