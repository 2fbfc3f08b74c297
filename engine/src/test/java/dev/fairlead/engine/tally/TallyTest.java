package dev.fairlead.engine.tally;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairlead.engine.net.Loops;
import io.netty.channel.EventLoop;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

class TallyTest {
    private static final int TIMES = 100_000;

    private final Tally tally = new Tally("t");

    @Test
    void nothingThatIsCountedByManyThreadsIsLost() throws Exception {
        try (Loops some = Loops.start(3);
                Loops others = Loops.start(2)) {
            List<EventLoop> loops = new ArrayList<>(some.all());
            // Loops of another group have the same numbers.
            loops.addAll(others.all());
            List<Future<?>> counting = new ArrayList<>();
            for (EventLoop loop : loops) {
                counting.add(loop.submit(this::count));
            }
            count();
            for (Future<?> each : counting) {
                each.get();
            }
        }
        assertThat(tally.of(Count.REQUESTS)).isEqualTo(6L * TIMES);
        assertThat(tally.of(Count.BYTES_OUT)).isEqualTo(6L * TIMES * 7);
        assertThat(tally.of(Count.BYTES_IN)).isZero();
    }

    private void count() {
        for (int i = 0; i < TIMES; i++) {
            tally.add(Count.REQUESTS);
            tally.add(Count.BYTES_OUT, 7);
        }
    }

    @Test
    void whatIsForgottenIsCountedFromTheBeginning() throws Exception {
        try (Loops loops = Loops.start(1)) {
            EventLoop loop = loops.all().getFirst();
            loop.submit(() -> tally.add(Count.SESSIONS, 5)).get();
            tally.add(Count.SESSIONS, 3);
            tally.tick();
            assertThat(tally.rate()).isEqualTo(8);
            tally.clearAll();
            assertThat(tally.of(Count.SESSIONS)).isZero();
            loop.submit(() -> tally.add(Count.SESSIONS)).get();
            tally.tick();
            assertThat(tally.of(Count.SESSIONS)).isOne();
            assertThat(tally.rate()).isOne();
        }
    }

    @Test
    void theMeanOfTimesFollowsThem() {
        tally.took(0, 0, 0, 0);
        assertThat(tally.answerTime().millis()).isZero();
        for (int i = 0; i < 10_000; i++) {
            tally.took(0, 0, 20, 20);
        }
        assertThat(tally.answerTime().millis()).isBetween(19L, 20L);
        assertThat(tally.answerTime().longestMillis()).isEqualTo(20);
        for (int i = 0; i < 20_000; i++) {
            tally.took(0, 0, 0, 0);
        }
        assertThat(tally.answerTime().millis()).isBetween(0L, 1L);
    }
}
