package dev.fairlead.cli.control;

import dev.fairlead.engine.generation.Engine;
import dev.fairlead.model.control.Switchboard;
import dev.fairlead.model.net.Address;
import dev.fairlead.time.Clock;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The sockets of all switchboards of a plan, open. Safe for use by several threads.
public final class BoardSockets implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(BoardSockets.class);

    private final Map<Address, Open> open = new LinkedHashMap<>();
    private final Engine engine;
    private final Clock clock;

    private BoardSockets(Engine engine, Clock clock) {
        this.engine = engine;
        this.clock = clock;
    }

    private record Open(AtomicReference<Switchboard> board, ApiSocket socket) {}

    /// @throws IOException naming the socket that cannot be opened; then none is
    public static BoardSockets open(List<Switchboard> boards, Engine engine, Clock clock) throws IOException {
        BoardSockets sockets = new BoardSockets(engine, clock);
        try {
            for (Switchboard board : boards) {
                sockets.add(board);
            }
        } catch (IOException refused) {
            sockets.close();
            throw refused;
        }
        return sockets;
    }

    private void add(Switchboard board) throws IOException {
        AtomicReference<Switchboard> present = new AtomicReference<>(board);
        open.put(board.address(), new Open(present, BoardSocket.start(present::get, engine, clock)));
    }

    /// Goes over to other switchboards. A socket that stays where it is goes on, for the new one; one that cannot
    /// be opened is told to the log.
    public synchronized void replace(List<Switchboard> boards) {
        Map<Address, Switchboard> wanted = boards.stream()
                .collect(Collectors.toMap(Switchboard::address, board -> board, (first, second) -> first));
        open.entrySet().removeIf(entry -> {
            boolean isGone = !wanted.containsKey(entry.getKey());
            if (isGone) {
                entry.getValue().socket().close();
            }
            return isGone;
        });
        for (Switchboard board : wanted.values()) {
            Open there = open.get(board.address());
            if (there != null) {
                there.board().set(board);
                continue;
            }
            try {
                add(board);
            } catch (IOException refused) {
                LOG.warn("{} [{}]", refused.getMessage(), board.origin().fileAndLine());
            }
        }
    }

    @Override
    public synchronized void close() {
        open.values().forEach(there -> there.socket().close());
        open.clear();
    }
}
