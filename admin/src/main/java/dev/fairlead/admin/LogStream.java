package dev.fairlead.admin;

import dev.fairlead.engine.http.Exchange;
import dev.fairlead.model.status.LogLine;
import java.util.ArrayDeque;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.Executor;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Sends captured lines as they come, for as long as the client stays. A client that does not keep up loses
/// lines, and is told how many: nothing waits for it.
final class LogStream {
    private static final int MOST_WAITING = 10_000;

    private final Exchange exchange;
    private final Function<LogLine, String> rendering;
    private final Queue<String> waiting = new ArrayDeque<>();
    private StackControl.@Nullable Following following;
    private long dropped;
    private boolean gone;
    private boolean complete;

    private LogStream(Exchange exchange, Function<LogLine, String> rendering) {
        this.exchange = exchange;
        this.rendering = rendering;
    }

    /// On the exchange's event loop.
    static void start(
            Exchange exchange, StackControl stack, Executor executor, ControlRequest.Logs request, boolean text) {
        LogStream stream = new LogStream(exchange, text ? LogStream::line : line -> Json.logLine(line) + "\n");
        exchange.onClientGone(stream::clientGone);
        exchange.onWritable(stream::drain);
        Answer.begin(exchange, 200, text ? Answer.TEXT : Answer.LINES);
        exchange.respond();
        exchange.output().flush();
        executor.execute(() -> stream.open(stack, request));
    }

    private void open(StackControl stack, ControlRequest.Logs request) {
        StackControl.Following opened = stack.logs(
                request.unit(),
                request.lines(),
                request.follow(),
                line -> exchange.loop().execute(() -> take(rendering.apply(line))));
        exchange.loop().execute(() -> opened(opened, request.follow()));
    }

    private void opened(StackControl.Following opened, boolean follow) {
        following = opened;
        if (gone) {
            opened.close();
        } else if (!follow) {
            complete = true;
            drain();
        }
    }

    private void take(String line) {
        if (gone) {
            return;
        }
        if (waiting.size() >= MOST_WAITING) {
            dropped++;
            return;
        }
        waiting.add(line);
        drain();
    }

    private void drain() {
        if (gone) {
            return;
        }
        boolean any = false;
        while (exchange.isWritable() && !waiting.isEmpty()) {
            exchange.output().data(Answer.bytes(waiting.remove()));
            any = true;
        }
        if (waiting.isEmpty() && dropped > 0 && exchange.isWritable()) {
            exchange.output().data(Answer.bytes("... " + dropped + " lines left out: the reader was too slow\n"));
            dropped = 0;
            any = true;
        }
        if (waiting.isEmpty() && complete) {
            gone = true;
            exchange.onClientGone(null);
            exchange.onWritable(null);
            exchange.end();
        } else if (any) {
            exchange.output().flush();
        }
    }

    private void clientGone() {
        gone = true;
        waiting.clear();
        Optional.ofNullable(following).ifPresent(StackControl.Following::close);
    }

    private static String line(LogLine line) {
        return StatusText.moment(line.atMillis()) + " " + line.unit()
                + (line.pid() == 0 ? ": " : "[" + line.pid() + "]: ") + line.text() + "\n";
    }
}
