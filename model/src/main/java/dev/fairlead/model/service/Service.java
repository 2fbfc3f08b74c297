package dev.fairlead.model.service;

import dev.fairlead.model.service.execution.Commands;
import dev.fairlead.model.service.execution.Execution;
import dev.fairlead.model.service.execution.Handover;
import dev.fairlead.model.service.lifecycle.KillPolicy;
import dev.fairlead.model.service.lifecycle.NotifyAccess;
import dev.fairlead.model.service.lifecycle.RestartPolicy;
import dev.fairlead.model.service.lifecycle.StartLimit;
import dev.fairlead.model.service.lifecycle.Startup;
import dev.fairlead.model.service.lifecycle.Timeouts;
import dev.fairlead.source.Span;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/// A program that is kept running, with everything that decides how it is started, watched and stopped.
///
/// @param startup when the service counts as started
/// @param remainsAfterExit whether it still counts as active once all its processes have ended well
/// @param outlivesMain whether it goes on, once its main process has ended, while any other of its processes runs
/// @param pidFile where a daemon that forks writes its process id
/// @param guessesMain whether the main process of a daemon that writes none is guessed
/// @param notifyAccess whose readiness messages are believed
/// @param handover which open sockets it is given
/// @param sources the files it was read from
public record Service(
        String name,
        String description,
        Dependencies dependencies,
        UnitRules rules,
        Startup startup,
        boolean remainsAfterExit,
        boolean outlivesMain,
        Optional<Path> pidFile,
        boolean guessesMain,
        NotifyAccess notifyAccess,
        Commands commands,
        Execution execution,
        RestartPolicy restart,
        StartLimit startLimit,
        Timeouts timeouts,
        KillPolicy kill,
        Handover handover,
        List<Path> sources,
        Span origin)
        implements Unit {
    public Service {
        sources = List.copyOf(sources);
    }
}
