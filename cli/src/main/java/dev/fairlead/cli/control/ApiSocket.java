package dev.fairlead.cli.control;

import dev.fairlead.engine.connection.Traffic;
import dev.fairlead.engine.http.ExchangeEntry;
import dev.fairlead.engine.http1.ConnectionSetup;
import dev.fairlead.engine.http1.ListenerSlot;
import dev.fairlead.engine.http1.LoopStates;
import dev.fairlead.engine.net.Acceptor;
import dev.fairlead.engine.net.ListeningSocket;
import dev.fairlead.engine.net.Loops;
import dev.fairlead.model.net.Address;
import dev.fairlead.model.net.SocketOptions;
import dev.fairlead.os.Descriptors;
import dev.fairlead.os.ListenOptions;
import dev.fairlead.os.ListeningSockets;
import dev.fairlead.os.OsException;
import dev.fairlead.time.Clock;
import io.netty.channel.EventLoop;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/// A unix socket on which an API answers. Has an event loop of its own, so that steering a program neither waits
/// for its traffic nor counts as such.
public final class ApiSocket implements AutoCloseable {
    private static final int MOST_CONNECTIONS = 64;
    private static final int ANSWER_SECONDS = 2;

    private final Path path;
    private final Loops loops;
    private final Acceptor acceptor;
    private final ExecutorService executor;

    private ApiSocket(Path path, Loops loops, Acceptor acceptor, ExecutorService executor) {
        this.path = path;
        this.loops = loops;
        this.acceptor = acceptor;
        this.executor = executor;
    }

    /// @param path where nobody answers; what is left of a socket there is removed
    /// @param mode permissions of the socket's file
    /// @param api made with what carries its requests out, one per task
    /// @throws IOException also where somebody answers there
    public static ApiSocket start(Path path, int mode, Function<Executor, ExchangeEntry> api, Clock clock)
            throws IOException {
        if (Files.exists(path)) {
            if (SocketFolder.isAnswered(path)) {
                throw new IOException("somebody answers at " + path + " already");
            }
            Files.delete(path);
        }
        return adopt(path, ListeningSockets.unix(path, ListenOptions.DEFAULT.fileMode(mode)), api, clock);
    }

    /// Goes on with a socket that another one has [#leave]d.
    public static ApiSocket adopt(Path path, int descriptor, Function<Executor, ExchangeEntry> api, Clock clock)
            throws IOException {
        Loops loops = Loops.start(1);
        ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor();
        ListenerSlot slot = new ListenerSlot(ListenerSlot.Service.plain(api.apply(executor)));
        LoopStates states = new LoopStates(loops, clock, new Traffic(), MOST_CONNECTIONS);
        ListeningSocket socket = ListeningSocket.adopt(new Address.Unix(path.toString()), descriptor);
        Acceptor acceptor = Acceptor.start(loops, socket, SocketOptions.DEFAULT, new ConnectionSetup(states, slot));
        return new ApiSocket(path, loops, acceptor, executor);
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

    public Path path() {
        return path;
    }

    /// Stops answering once the answers under way are out; who asks meanwhile waits for whoever goes on with it.
    ///
    /// @return a second descriptor of the socket, for [#adopt]; it is the caller's
    public int leave() throws OsException {
        int second = Descriptors.duplicate(acceptor.socket().descriptor());
        acceptor.leave();
        finishAnswers();
        loops.close();
        return second;
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
            // The next program of that name finds nobody answering there and removes it.
            return;
        }
    }
}
