package dev.fairlead.process.state;

import java.util.Optional;

/// All that the table needs to remember about a service.
///
/// @param result why it is ending or ended
/// @param mainRuns whether its main process is there
/// @param staysDown whether it was stopped by hand and does not come back by itself
/// @param startsAgain whether it is stopped only to be started again
/// @param lastEnding how its main process last ended
public record ServiceState(
        Phase phase,
        Result result,
        boolean mainRuns,
        boolean staysDown,
        boolean startsAgain,
        Optional<Ending> lastEnding) {
    public static final ServiceState INITIAL =
            new ServiceState(Phase.INACTIVE, Result.SUCCESS, false, false, false, Optional.empty());

    ServiceState phase(Phase next) {
        return new ServiceState(next, result, mainRuns, staysDown, startsAgain, lastEnding);
    }

    /// The first failure stays.
    ServiceState result(Result next) {
        Result kept = result == Result.SUCCESS ? next : result;
        return new ServiceState(phase, kept, mainRuns, staysDown, startsAgain, lastEnding);
    }

    ServiceState mainRuns(boolean runs) {
        return new ServiceState(phase, result, runs, staysDown, startsAgain, lastEnding);
    }

    ServiceState mainEnded(Event.MainEnded event) {
        return new ServiceState(phase, result, event.othersGoOn(), staysDown, startsAgain, Optional.of(event.ending()))
                .result(event.result());
    }

    ServiceState wishes(boolean stayDown, boolean startAgain) {
        return new ServiceState(phase, result, mainRuns, stayDown, startAgain, lastEnding);
    }

    /// As at the beginning of a start.
    ServiceState fresh() {
        return new ServiceState(phase, Result.SUCCESS, false, false, false, Optional.empty());
    }
}
