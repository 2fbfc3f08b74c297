package dev.fairlead.bench.load;

import io.netty.channel.EventLoop;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/// Opens connections, has one request answered on each, and holds them. At most some dozens are being opened at
/// once.
final class Idle implements Connection.Owner {
    private static final int AT_ONCE = 64;

    private final List<Connection> connections = new ArrayList<>();
    private final CountDownLatch opened;
    private int next;
    private int open;
    private int failed;
    private int lost;

    private Idle(Options options, Dialer dialer) {
        Requests requests = Requests.of(options);
        opened = new CountDownLatch(options.connections());
        for (int i = 0; i < options.connections(); i++) {
            connections.add(new Connection(options, dialer, requests, this));
        }
    }

    /// Prints how many are open, and when they were held long enough how many still are.
    ///
    /// @param until its end is the end of holding
    static int hold(Options options, PrintStream out, InputStream until) throws IOException, InterruptedException {
        try (Dialer dialer = new Dialer(options)) {
            Idle idle = new Idle(options, dialer);
            EventLoop loop = dialer.group().next();
            loop.execute(() -> {
                for (int i = 0; i < AT_ONCE; i++) {
                    idle.openNext();
                }
            });
            idle.opened.await();
            out.println("{\"open\":" + idle.open + ",\"failed\":" + idle.failed + "}");
            Waiting.untilEndOf(until, options.seconds());
            CountDownLatch told = new CountDownLatch(1);
            loop.execute(() -> {
                out.println("{\"held\":" + (idle.open - idle.lost) + ",\"lost\":" + idle.lost + "}");
                idle.connections.forEach(Connection::close);
                told.countDown();
            });
            told.await(10, TimeUnit.SECONDS);
            return idle.open > 0 ? 0 : 1;
        }
    }

    private void openNext() {
        if (next < connections.size()) {
            connections.get(next++).send(System.nanoTime());
        }
    }

    @Override
    public void answered(Connection at, long due, String wrong) {
        if (wrong.isEmpty()) {
            open++;
        } else {
            failed++;
        }
        opened.countDown();
        openNext();
    }

    @Override
    public void failed(Connection at, long due, String why) {
        failed++;
        opened.countDown();
        openNext();
    }

    @Override
    public void lost(Connection at) {
        lost++;
    }

    @Override
    public void shookHands(boolean isResumed) {
        // Not counted here.
    }
}
