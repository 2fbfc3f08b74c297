package dev.fairlead.engine.net;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairlead.time.Clock;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.UnpooledByteBufAllocator;
import io.netty.channel.EventLoop;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// What a loop's thread remembers, and when it forgets it.
@Timeout(120)
final class LoopThreadTest {
    private final Loops loops = Loops.start(1);
    private final EventLoop loop = loops.all().getFirst();
    private final Clock clock = LoopThread.clock(new EachReadingLater());

    @AfterEach
    void close() {
        loops.close();
    }

    @Test
    void oneReadingOfTheClockServesAWholeTask() throws Exception {
        List<Long> told = loop.submit(this::threeReadings).get(60, TimeUnit.SECONDS);
        assertThat(told).hasSize(3).containsOnly(told.getFirst());
    }

    /// A task that is sent before the loop waits again belongs to the turn of the one before: hence several.
    @Test
    void whatComesAfterAWaitReadsTheClockAnew() throws Exception {
        long before = loop.submit(clock::monotonicNanos).get(60, TimeUnit.SECONDS);
        long after = before;
        while (after == before) {
            after = loop.submit(clock::monotonicNanos).get(60, TimeUnit.SECONDS);
        }
        assertThat(after).isGreaterThan(before);
    }

    @Test
    void manyEventsOfOneWaitReadTheClockNowAndThen() throws Exception {
        List<Long> told = loop.submit(() -> LongStream.range(0, 100)
                        .map(event -> {
                            LoopThread.event();
                            return clock.monotonicNanos();
                        })
                        .boxed()
                        .toList())
                .get(60, TimeUnit.SECONDS);
        assertThat(told.stream().distinct().count()).isBetween(2L, 50L);
        assertThat(told).isSorted();
    }

    @Test
    void otherThreadsReadTheClockItself() {
        assertThat(threeReadings()).doesNotHaveDuplicates();
    }

    @Test
    void aBufferThatNobodyHasIsReadIntoAgain() throws Exception {
        ByteBufAllocator allocator = UnpooledByteBufAllocator.DEFAULT;
        loop.submit(() -> {
                    LoopThread thread = (LoopThread) Thread.currentThread();
                    ByteBuf first = thread.readBuffer(allocator, 2048);
                    first.writeByte('a');
                    first.release();
                    ByteBuf second = thread.readBuffer(allocator, 2000);
                    assertThat(second).isSameAs(first);
                    assertThat(second.isReadable()).isFalse();
                    assertThat(second.capacity()).isEqualTo(2048);
                    second.release();
                })
                .get(60, TimeUnit.SECONDS);
    }

    @Test
    void aBufferThatSomebodyKeepsStaysHis() throws Exception {
        ByteBufAllocator allocator = UnpooledByteBufAllocator.DEFAULT;
        loop.submit(() -> {
                    LoopThread thread = (LoopThread) Thread.currentThread();
                    ByteBuf kept = thread.readBuffer(allocator, 2048).writeByte('a');
                    ByteBuf other = thread.readBuffer(allocator, 2048).writeByte('b');
                    assertThat(other).isNotSameAs(kept);
                    assertThat(kept.getByte(0)).isEqualTo((byte) 'a');
                    assertThat(kept.refCnt()).isEqualTo(1);
                    kept.release();
                    other.release();
                })
                .get(60, TimeUnit.SECONDS);
    }

    private List<Long> threeReadings() {
        return List.of(clock.monotonicNanos(), clock.monotonicNanos(), clock.monotonicNanos());
    }

    private static final class EachReadingLater implements Clock {
        private final AtomicLong readings = new AtomicLong();

        @Override
        public long wallMillis() {
            return readings.incrementAndGet();
        }

        @Override
        public long monotonicNanos() {
            return readings.incrementAndGet();
        }
    }
}
