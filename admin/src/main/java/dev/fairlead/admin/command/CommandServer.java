package dev.fairlead.admin.command;

import dev.fairlead.model.roster.CommandSocket;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The sockets of a roster, open. Each connection has a thread of its own, so that commands neither wait for
/// traffic nor traffic for them. Safe for use by several threads.
public final class CommandServer implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(CommandServer.class);

    private final Map<CommandSocket, OpenSocket> open = new LinkedHashMap<>();
    private final Supplier<Steered> steered;

    private CommandServer(Supplier<Steered> steered) {
        this.steered = steered;
    }

    /// Opens the sockets. A unix socket's file that is there already is replaced in one step: who asks gets one
    /// of two answers, never none.
    ///
    /// @param steered asked for once the first command comes
    /// @throws IOException naming the socket that cannot be opened; then none is
    public static CommandServer open(List<CommandSocket> sockets, Supplier<Steered> steered) throws IOException {
        CommandServer server = new CommandServer(steered);
        try {
            for (CommandSocket socket : sockets) {
                server.add(socket);
            }
        } catch (IOException refused) {
            server.close();
            throw refused;
        }
        return server;
    }

    private void add(CommandSocket socket) throws IOException {
        open.put(socket, OpenSocket.open(socket, () -> new Interpreter(steered.get())));
    }

    /// Goes over to the sockets of another roster; those that stay are not interrupted. One that cannot be opened
    /// is told to the log.
    public synchronized void replace(List<CommandSocket> wanted) {
        List<CommandSocket> gone = open.keySet().stream()
                .filter(socket -> !wanted.contains(socket))
                .toList();
        for (CommandSocket socket : gone) {
            OpenSocket closed = open.remove(socket);
            if (closed != null) {
                closed.close();
            }
        }
        for (CommandSocket socket : wanted) {
            if (!open.containsKey(socket)) {
                try {
                    add(socket);
                } catch (IOException refused) {
                    LOG.warn("{} [{}]", refused.getMessage(), socket.origin().fileAndLine());
                }
            }
        }
    }

    @Override
    public synchronized void close() {
        open.values().forEach(OpenSocket::close);
        open.clear();
    }
}
