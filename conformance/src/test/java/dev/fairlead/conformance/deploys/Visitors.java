package dev.fairlead.conformance.deploys;

import dev.fairlead.testkit.Reply;
import dev.fairlead.testkit.Wire;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/// Clients that keep asking over kept connections, each at most a hundred times a second, and note every
/// different answer they get.
final class Visitors implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final long PAUSE_NANOS = 10_000_000;

    private final List<Thread> clients = new ArrayList<>();
    private final Map<String, AtomicInteger> answers = new ConcurrentHashMap<>();
    private final int port;
    private volatile boolean isOver;

    Visitors(int port, List<String> paths, int each) {
        this.port = port;
        for (String path : paths) {
            for (int i = 0; i < each; i++) {
                clients.add(
                        Thread.ofVirtual().name("visitor-" + i + " of " + path).start(() -> visit(path)));
            }
        }
    }

    private void visit(String path) {
        while (!isOver) {
            try (Wire wire = Wire.connect(port).patience(PATIENCE)) {
                while (!isOver && !isLast(wire, path)) {
                    LockSupport.parkNanos(PAUSE_NANOS);
                }
            } catch (AssertionError | RuntimeException failed) {
                note(String.valueOf(failed.getMessage()));
            }
        }
    }

    private boolean isLast(Wire wire, String path) {
        wire.sendRaw("GET " + path + " HTTP/1.1\r\nHost: shop.example\r\n\r\n");
        Reply reply = wire.reply();
        boolean isWhole = reply.status() == 200 && reply.ending() == Reply.Ending.FRAMED;
        note(isWhole ? reply.body() : reply.statusLine() + " " + reply.ending());
        return reply.header("Connection").map("close"::equals).orElse(false);
    }

    private void note(String answer) {
        answers.computeIfAbsent(answer, fresh -> new AtomicInteger()).incrementAndGet();
    }

    /// How often each answer came since the last call, by body; anything but a whole 200 by what it was.
    Map<String, Integer> answers() {
        Map<String, Integer> noted = new TreeMap<>();
        for (String answer : Set.copyOf(answers.keySet())) {
            AtomicInteger times = answers.remove(answer);
            if (times != null) {
                noted.put(answer, times.get());
            }
        }
        return noted;
    }

    int different() {
        return answers.size();
    }

    @Override
    public void close() {
        isOver = true;
        clients.forEach(client -> {
            try {
                client.join();
            } catch (InterruptedException interrupted) {
                Thread.currentThread().interrupt();
            }
        });
    }
}
