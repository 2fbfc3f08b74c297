package dev.fairlead.model.service.socket;

import dev.fairlead.model.service.execution.Command;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// The commands around the sockets of a unit.
///
/// @param startPre before they are opened
/// @param startPost once they listen
/// @param stopPre before they are closed
/// @param stopPost once they are closed
/// @param longest how long each may take; empty: any time
public record SocketCommands(
        List<Command> startPre,
        List<Command> startPost,
        List<Command> stopPre,
        List<Command> stopPost,
        Optional<Duration> longest) {
    public static final SocketCommands NONE =
            new SocketCommands(List.of(), List.of(), List.of(), List.of(), Optional.empty());

    public SocketCommands {
        startPre = List.copyOf(startPre);
        startPost = List.copyOf(startPost);
        stopPre = List.copyOf(stopPre);
        stopPost = List.copyOf(stopPost);
    }
}
