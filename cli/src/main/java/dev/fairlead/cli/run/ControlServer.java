package dev.fairlead.cli.run;

import dev.fairlead.admin.ControlApi;
import dev.fairlead.admin.StackControl;
import dev.fairlead.cli.control.ApiSocket;
import dev.fairlead.cli.control.SocketFolder;
import dev.fairlead.time.Clock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// The control socket of one stack.
///
/// @param socket where it answers
record ControlServer(ApiSocket socket) implements AutoCloseable {
    private static final int OWNER_ONLY = 0600;

    /// @param location what the stack is read from; names the socket
    /// @throws IOException also where a stack that was read from there is running
    static ControlServer start(SocketFolder folder, Path location, StackControl stack, Clock clock) throws IOException {
        folder.prepare();
        Path path = folder.socketFor(location);
        if (Files.exists(path) && SocketFolder.isAnswered(path)) {
            throw new IOException("already running: " + location + " (fairlead status, fairlead stop)");
        }
        return new ControlServer(ApiSocket.start(path, OWNER_ONLY, executor -> new ControlApi(stack, executor), clock));
    }

    /// Goes on answering on a socket that was left, by this program or by an earlier one of the process.
    ///
    /// @param location what the stack is read from
    static ControlServer adopt(SocketFolder folder, Path location, int descriptor, StackControl stack, Clock clock)
            throws IOException {
        Path path = folder.socketFor(location);
        return new ControlServer(ApiSocket.adopt(path, descriptor, executor -> new ControlApi(stack, executor), clock));
    }

    /// Answers nobody any more; who asks waits.
    ///
    /// @return the socket, for [#adopt]
    int leave() throws IOException {
        return socket.leave();
    }

    Path path() {
        return socket.path();
    }

    @Override
    public void close() {
        socket.close();
    }
}
