package dev.fairlead.conformance.stack;

import dev.fairlead.testkit.Reply;
import dev.fairlead.testkit.Wire;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/// Clients that keep asking over kept connections, each at most fifty times a second, until they are told to
/// stop.
///
/// A client opens another connection only where an answer said that this one ends, or where it was held up for
/// longer than an upgrade keeps connections for a next request. Everything else that is not a 200 is a failure.
final class Load implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final long PAUSE_NANOS = 20_000_000;
    /// Less than the program grants to each.
    private static final long KEPT_NANOS = 400_000_000;
    private static final String REQUEST = "GET /whoami HTTP/1.1\r\nHost: localhost\r\n\r\n";

    private final int port;
    private final List<Thread> clients = new ArrayList<>();
    private final Queue<String> failures = new ConcurrentLinkedQueue<>();
    private final AtomicInteger answers = new AtomicInteger();
    private volatile boolean over;

    Load(int port, int connections) {
        this.port = port;
        for (int i = 0; i < connections; i++) {
            clients.add(Thread.ofVirtual().name("client-" + i).start(this::ask));
        }
    }

    private void ask() {
        while (!over) {
            try (Wire wire = Wire.connect(port).patience(PATIENCE)) {
                long before = System.nanoTime();
                boolean isKept = true;
                while (!over && isKept) {
                    long asking = System.nanoTime();
                    isKept = !last(wire, before);
                    before = asking;
                    LockSupport.parkNanos(PAUSE_NANOS);
                }
            } catch (AssertionError | RuntimeException failed) {
                failures.add(String.valueOf(failed.getMessage()));
            }
        }
    }

    private boolean last(Wire wire, long before) {
        wire.sendRaw(REQUEST);
        boolean wasHeldUp = System.nanoTime() - before > KEPT_NANOS;
        Optional<Reply> answer = wire.tryReply("GET");
        if (answer.isEmpty() && wasHeldUp) {
            return true;
        }
        Reply reply = answer.orElseThrow(() -> new AssertionError("the connection ended instead of an answer"));
        if (reply.status() == 200 && reply.ending() == Reply.Ending.FRAMED) {
            answers.incrementAndGet();
        } else {
            failures.add(reply.statusLine() + " " + reply.ending());
        }
        return reply.header("Connection").map("close"::equals).orElse(false);
    }

    /// How many requests were answered as they should be, so far.
    int answers() {
        return answers.get();
    }

    /// Ends the clients and tells what went wrong.
    List<String> stop() {
        over = true;
        clients.forEach(client -> {
            try {
                client.join();
            } catch (InterruptedException interrupted) {
                Thread.currentThread().interrupt();
            }
        });
        return List.copyOf(failures);
    }

    @Override
    public void close() {
        over = true;
    }
}
