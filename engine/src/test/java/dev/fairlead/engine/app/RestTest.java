package dev.fairlead.engine.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairlead.worker.AnswerBatch;
import dev.fairlead.worker.FrameType;
import dev.fairlead.worker.WorkerId;
import dev.fairlead.worker.WorkerWatch;
import io.netty.buffer.ByteBuf;
import io.netty.channel.embedded.EmbeddedChannel;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RestTest {
    private static final long ANSWER_NANOS = 50_000;

    @ParameterizedTest
    @CsvSource({"0, 0", "100, 0", "199, 0", "200, 200", "999, 999"})
    void asLongAsThereIsWork(long backlogMicros, long restMicros) {
        assertThat(Rest.nanos(backlogMicros * 1000)).isEqualTo(restMicros * 1000);
    }

    @Test
    void notLongerThanAnswersWait() {
        long longest = AnswerBatch.LONGEST.toNanos();
        assertThat(Rest.nanos(longest + 1)).isEqualTo(longest);
        assertThat(Rest.nanos(1000 * longest)).isEqualTo(longest);
    }

    /// Sent together after 1 ms, however long it then takes to read one after the other.
    @Test
    void answersThatComeTogetherTookTheirShareEach() {
        WorkerProcess worker = new WorkerProcess(new WorkerId("site", 1, 1), "token", 0, new Unwatched(), 1);
        EmbeddedChannel channel = new EmbeddedChannel();
        WorkerConnection connection = new WorkerConnection(worker, channel);
        channel.pipeline().addLast(connection);
        worker.connect(0, connection, 1, 1, 30);
        AtomicLong now = new AtomicLong(1_000_000);
        ByteBuf answers = channel.alloc().buffer();
        for (int i = 0; i < 20; i++) {
            answers.writeIntLE(0)
                    .writeIntLE(FrameType.END.code() | connection.enter(new Answered(connection, now)) << 8);
        }
        channel.writeInbound(answers);
        take(worker, 4);
        assertThat(worker.backlogNanos()).isEqualTo(4 * 1_000_000 / 20);
        assertThat(worker.lastAnswerNanos()).isEqualTo(1_000_000);
    }

    @Test
    void aWorkerWithFewRequestsMayRunOutOfWork() {
        WorkerProcess worker = quick(1, 30);
        assertThat(worker.backlogNanos()).isZero();
        take(worker, 3);
        assertThat(worker.backlogNanos()).isZero();
        take(worker, 1);
        assertThat(worker.backlogNanos()).isEqualTo(4 * ANSWER_NANOS);
    }

    @Test
    void aWorkerThatRunsSeveralAtOnceIsNeverKeptWaiting() {
        WorkerProcess worker = quick(8, 30);
        take(worker, 8);
        assertThat(worker.backlogNanos()).isZero();
    }

    @Test
    void theLeastBusyWorkerCounts() {
        ApplicationPool pool = new ApplicationPool();
        assertThat(pool.backlogNanos()).isZero();
        WorkerProcess busy = quick(1, 60);
        take(busy, 40);
        pool.add(busy);
        assertThat(pool.backlogNanos()).isEqualTo(40 * ANSWER_NANOS);
        WorkerProcess other = quick(1, 60);
        take(other, 10);
        pool.add(other);
        assertThat(pool.backlogNanos()).isEqualTo(10 * ANSWER_NANOS);
        pool.add(quick(1, 60));
        assertThat(pool.backlogNanos()).isZero();
    }

    /// One that has answered a request in that time.
    private static WorkerProcess quick(int atOnce, int ahead) {
        WorkerProcess worker = new WorkerProcess(new WorkerId("site", 1, 1), "token", 0, new Unwatched(), 1);
        worker.connect(0, new WorkerConnection(worker, new EmbeddedChannel()), 1, atOnce, ahead);
        worker.answeredTogether(2, 1, 1 + 2 * ANSWER_NANOS);
        return worker;
    }

    private static void take(WorkerProcess worker, int requests) {
        for (int i = 0; i < requests; i++) {
            assertThat(worker.reserve()).isTrue();
        }
    }

    /// A request sent at 0. To read its answer takes a while.
    private record Answered(WorkerConnection connection, AtomicLong now) implements Occupant {
        @Override
        public void frame(FrameType type, ByteBuf payload) {
            connection.answered(0, now.getAndAdd(100_000));
        }

        @Override
        public void lost(boolean isOldest) {}

        @Override
        public long sequence() {
            return 0;
        }
    }

    private static final class Unwatched implements WorkerWatch {
        @Override
        public void connected(WorkerId worker) {}

        @Override
        public void worn(WorkerId worker) {}

        @Override
        public void overdue(WorkerId worker, String request, Duration after) {}

        @Override
        public void disconnected(WorkerId worker) {}
    }
}
