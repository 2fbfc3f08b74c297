package dev.fairlead.engine.upstream.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairlead.engine.upstream.server.HostAnswers.Answer;
import dev.fairlead.model.net.Address;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class HostAnswersTest {
    private static final Duration LONG = Duration.ofSeconds(30);

    @Test
    void eachHostIsAskedForOnce() {
        AtomicInteger asked = new AtomicInteger();
        HostAnswers answers = HostAnswers.of(
                List.of("a.example", "b.example", "a.example"),
                host -> {
                    asked.incrementAndGet();
                    if (host.startsWith("b")) {
                        throw new UnknownHostException(host);
                    }
                },
                LONG);
        assertThat(asked).hasValue(2);
        assertThat(answers.of("a.example")).isEqualTo(Answer.FOUND);
        assertThat(answers.of("b.example")).isEqualTo(Answer.UNKNOWN);
        assertThat(answers.of(new Address.Tcp("b.example", 80))).isEqualTo(Answer.UNKNOWN);
        assertThat(answers.of(new Address.Unix("/run/a.sock"))).isEqualTo(Answer.FOUND);
    }

    /// Neither is answered before both have been asked for.
    @Test
    void hostsAreAskedForAtOnce() {
        CountDownLatch both = new CountDownLatch(2);
        HostAnswers answers = HostAnswers.of(
                List.of("a.example", "b.example"),
                host -> {
                    both.countDown();
                    await(both);
                },
                LONG);
        assertThat(answers.of("a.example")).isEqualTo(Answer.FOUND);
        assertThat(answers.of("b.example")).isEqualTo(Answer.FOUND);
    }

    @Test
    void whatIsNotAnsweredInTimeIsLate() {
        CountDownLatch never = new CountDownLatch(1);
        HostAnswers answers = HostAnswers.of(List.of("a.example"), host -> await(never), Duration.ofMillis(50));
        assertThat(answers.of("a.example")).isEqualTo(Answer.LATE);
        never.countDown();
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
