package dev.fairlead.model.service.execution;

import java.util.List;

/// The command lines of a service, each list run in order, one after the other.
///
/// @param condition if one of these fails with a status of 1 to 254, the service is skipped without counting as
///     failed
/// @param pre before the main process; one failure ends the start
/// @param start the main process; several only where the service is a sequence of one-shot commands
/// @param post once the service has started
/// @param reload asks the running service to read its configuration again
/// @param stop asks the running service to end; signals follow
/// @param stopPost after the service has ended, however it ended
public record Commands(
        List<Command> condition,
        List<Command> pre,
        List<Command> start,
        List<Command> post,
        List<Command> reload,
        List<Command> stop,
        List<Command> stopPost) {
    public Commands {
        condition = List.copyOf(condition);
        pre = List.copyOf(pre);
        start = List.copyOf(start);
        post = List.copyOf(post);
        reload = List.copyOf(reload);
        stop = List.copyOf(stop);
        stopPost = List.copyOf(stopPost);
    }

    /// Only a main process.
    public static Commands of(Command start) {
        return new Commands(List.of(), List.of(), List.of(start), List.of(), List.of(), List.of(), List.of());
    }
}
