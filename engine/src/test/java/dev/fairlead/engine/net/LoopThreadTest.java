package dev.fairlead.engine.net;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairlead.time.Clock;
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
