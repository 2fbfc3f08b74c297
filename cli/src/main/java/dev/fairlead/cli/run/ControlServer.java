package dev.fairlead.cli.run;

import dev.fairlead.admin.ControlApi;
import dev.fairlead.admin.StackControl;
import dev.fairlead.cli.control.SocketFolder;
import dev.fairlead.engine.http.Traffic;
import dev.fairlead.engine.http1.ConnectionSetup;
import dev.fairlead.engine.http1.ListenerSlot;
import dev.fairlead.engine.http1.LoopStates;
import dev.fairlead.engine.net.Acceptor;
import dev.fairlead.engine.net.ListeningSocket;
import dev.fairlead.engine.net.Loops;
import dev.fairlead.model.net.Address;
import dev.fairlead.model.net.SocketOptions;
import dev.fairlead.os.ListenOptions;
import dev.fairlead.os.ListeningSockets;
import dev.fairlead.time.Clock;
import io.netty.channel.EventLoop;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/// The control socket of one stack. Has an event loop of its own, so that steering a stack neither waits for
/// its traffic nor counts as such.
final class ControlServer implements AutoCloseable {
    private static final int MOST_CONNECTIONS = 64;
    private static final int ANSWER_SECONDS = 2;
    private static final int OWNER_ONLY = 0600;

    private final Path path;
    private final Loops loops;
    private final Acceptor acceptor;
    private final ExecutorService executor;

    private ControlServer(Path path, Loops loops, Acceptor acceptor, ExecutorService executor) {
        this.path = path;
        this.loops = loops;
        this.acceptor = acceptor;
        this.executor = executor;
    }

    /// @param location what the stack is read from; names the socket
    /// @throws IOException also where a stack that was read from there is running
    static ControlServer start(SocketFolder folder, Path location, StackControl stack, Clock clock) throws IOException {
        folder.prepare();
        Path path = folder.socketFor(location);
        if (Files.exists(path)) {
            if (SocketFolder.isAnswered(path)) {
                throw new IOException("already running: " + location + " (fairlead status, fairlead stop)");
            }
            Files.delete(path);
        }
        int descriptor = ListeningSockets.unix(path, ListenOptions.DEFAULT.fileMode(OWNER_ONLY));
        Loops loops = Loops.start(1);
        ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor();
        ControlApi api = new ControlApi(stack, executor);
        ListenerSlot slot = new ListenerSlot(ListenerSlot.Service.plain(api));
        LoopStates states = new LoopStates(loops, clock, new Traffic(), MOST_CONNECTIONS);
        ListeningSocket socket = ListeningSocket.adopt(new Address.Unix(path.toString()), descriptor);
        Acceptor acceptor = Acceptor.start(loops, socket, SocketOptions.DEFAULT, new ConnectionSetup(states, slot));
        return new ControlServer(path, loops, acceptor, executor);
    }

    private void finishAnswers() {
        executor.shutdown();
        try {
            executor.awaitTermination(ANSWER_SECONDS, TimeUnit.SECONDS);
            for (EventLoop loop : loops.all()) {
                // A loop that is told to end closes connections first; what is still to be written has to go before.
                loop.submit(() -> {}).await(ANSWER_SECONDS, TimeUnit.SECONDS);
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    Path path() {
        return path;
    }

    /// Ends it once the answers under way are out.
    @Override
    public void close() {
        acceptor.close();
        finishAnswers();
        loops.close();
        try {
            Files.deleteIfExists(path);
        } catch (IOException left) {
            // The next stack of that name finds nobody answering there and removes it.
            return;
        }
    }
}
