package dev.fairlead.cli.control;

import dev.fairlead.admin.BoardApi;
import dev.fairlead.engine.generation.Engine;
import dev.fairlead.model.control.Switchboard;
import dev.fairlead.time.Clock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.UserPrincipalLookupService;
import java.util.function.Supplier;

/// The socket of a [Switchboard].
public final class BoardSocket {
    private static final int OWNER_ONLY = 0600;

    private BoardSocket() {}

    /// @param layout of what runs at present; where it is stays as it was at the start
    public static ApiSocket start(Supplier<Switchboard> layout, Engine engine, Clock clock) throws IOException {
        Switchboard board = layout.get();
        Path path = Path.of(board.address().path());
        ApiSocket socket = ApiSocket.start(
                path,
                board.mode().orElse(OWNER_ONLY),
                executor -> new BoardApi(layout, engine, clock, executor),
                clock);
        try {
            handOver(path, board);
        } catch (IOException refused) {
            socket.close();
            throw refused;
        }
        return socket;
    }

    private static void handOver(Path path, Switchboard board) throws IOException {
        UserPrincipalLookupService accounts = path.getFileSystem().getUserPrincipalLookupService();
        if (board.owner().isPresent()) {
            Files.setOwner(path, accounts.lookupPrincipalByName(board.owner().get()));
        }
        if (board.group().isPresent()) {
            Files.getFileAttributeView(path, PosixFileAttributeView.class)
                    .setGroup(accounts.lookupPrincipalByGroupName(board.group().get()));
        }
    }
}
