package dev.fairlead.model.service.socket;

import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/// How the sockets of a unit are set up before they listen.
///
/// @param backlog how many connections wait to be accepted, at most; the kernel bounds it as well
/// @param switches what is set; the kernel's choice for what is not
/// @param device the network device they are bound to
/// @param congestion the name of the algorithm that avoids congestion
/// @param pipeSize of named pipes, in bytes; empty: the kernel's choice
public record SocketSettings(
        int backlog,
        Map<SocketSwitch, Integer> switches,
        Optional<String> device,
        Optional<String> congestion,
        OptionalInt pipeSize) {
    /// As many as the kernel lets wait.
    public static final int LARGEST_BACKLOG = Integer.MAX_VALUE;

    public static final SocketSettings DEFAULT =
            new SocketSettings(LARGEST_BACKLOG, Map.of(), Optional.empty(), Optional.empty(), OptionalInt.empty());

    public SocketSettings {
        switches = Map.copyOf(switches);
    }
}
