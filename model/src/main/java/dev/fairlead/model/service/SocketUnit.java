package dev.fairlead.model.service;

import dev.fairlead.model.service.execution.Execution;
import dev.fairlead.model.service.lifecycle.KillPolicy;
import dev.fairlead.model.service.socket.Activation;
import dev.fairlead.model.service.socket.ListenPoint;
import dev.fairlead.model.service.socket.SocketCommands;
import dev.fairlead.model.service.socket.SocketFiles;
import dev.fairlead.model.service.socket.SocketSettings;
import dev.fairlead.source.Span;
import java.nio.file.Path;
import java.util.List;

/// Sockets that are open before the service behind them runs, and while it is started again: what arrives waits
/// for it.
///
/// @param descriptorName what the service is told its sockets are called
/// @param execution the surroundings of the commands
/// @param sources the files it was read from
public record SocketUnit(
        String name,
        String description,
        Dependencies dependencies,
        UnitRules rules,
        List<ListenPoint> listens,
        Activation activation,
        SocketSettings settings,
        SocketFiles files,
        String descriptorName,
        TriggerLimit triggerLimit,
        SocketCommands commands,
        Execution execution,
        KillPolicy kill,
        List<Path> sources,
        Span origin)
        implements Unit {
    public SocketUnit {
        listens = List.copyOf(listens);
        sources = List.copyOf(sources);
    }

    /// The same elsewhere.
    public SocketUnit listeningAt(List<ListenPoint> other) {
        return new SocketUnit(
                name,
                description,
                dependencies,
                rules,
                other,
                activation,
                settings,
                files,
                descriptorName,
                triggerLimit,
                commands,
                execution,
                kill,
                sources,
                origin);
    }
}
