package dev.fairlead.cli.control;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/// Which running stack a command is for.
public sealed interface StackChoice {
    /// @param socket where it answers
    record Chosen(Path socket) implements StackChoice {}

    /// @param message why none could be chosen
    record Unclear(String message) implements StackChoice {}

    /// The one that was named; else the only one there is; else that of the folder one is in.
    ///
    /// @param wanted a stack's name, the folder or file it was started with, or its socket
    static StackChoice of(SocketFolder folder, Optional<String> wanted, Path here) {
        List<Path> running = folder.running();
        if (wanted.isPresent()) {
            return named(folder, running, wanted.get());
        }
        return switch (running.size()) {
            case 0 -> new Unclear("no stack is running (looked in " + folder.path() + "); start one with: fairlead up");
            case 1 -> new Chosen(running.getFirst());
            default -> around(folder, running, here);
        };
    }

    private static StackChoice named(SocketFolder folder, List<Path> running, String wanted) {
        Path path = Path.of(wanted);
        if (wanted.endsWith(".sock") && Files.exists(path)) {
            return new Chosen(path);
        }
        Path ofPlace = folder.socketFor(path);
        if (running.contains(ofPlace)) {
            return new Chosen(ofPlace);
        }
        List<Path> ofName = running.stream()
                .filter(socket -> SocketFolder.stackName(socket).equals(wanted))
                .toList();
        return switch (ofName.size()) {
            case 0 -> new Unclear("no running stack is called " + wanted + "; " + list(running));
            case 1 -> new Chosen(ofName.getFirst());
            default -> new Unclear("several stacks are called " + wanted + ": name the folder instead");
        };
    }

    private static StackChoice around(SocketFolder folder, List<Path> running, Path here) {
        for (Path place = here.toAbsolutePath().normalize(); place != null; place = place.getParent()) {
            Path socket = folder.socketFor(place);
            if (running.contains(socket)) {
                return new Chosen(socket);
            }
        }
        return new Unclear("several stacks are running: say which one with -C NAME; " + list(running));
    }

    private static String list(List<Path> running) {
        return running.isEmpty()
                ? "none is running"
                : "running: "
                        + running.stream()
                                .map(SocketFolder::stackName)
                                .distinct()
                                .collect(Collectors.joining(", "));
    }
}
