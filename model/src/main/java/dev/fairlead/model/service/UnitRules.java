package dev.fairlead.model.service;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// What a unit says about being started and stopped, besides its dependencies.
///
/// @param conditions where they do not hold, a start is skipped, and that is no failure
/// @param assertions where they do not hold, a start fails
/// @param stopsWhenUnneeded whether it is stopped once nothing that is active pulls it in
/// @param refusesManualStart whether only other units may start it
/// @param refusesManualStop whether only other units may stop it
/// @param mayBeIsolated whether a wish may be that it runs and nothing else does
/// @param staysWhenIsolated whether it is left alone where another one is isolated
/// @param onFailure what becomes of jobs that stand against those for [Relation#ON_FAILURE]
/// @param onSuccess the same for [Relation#ON_SUCCESS]
/// @param jobTimeout how long it may take until a wish for it is fulfilled, with all that it waits for; then the
///     wish is given up, and the unit goes on with what it does
/// @param jobRunningTimeout the same from when it has nothing to wait for any more
public record UnitRules(
        List<Condition> conditions,
        List<Condition> assertions,
        boolean stopsWhenUnneeded,
        boolean refusesManualStart,
        boolean refusesManualStop,
        boolean mayBeIsolated,
        boolean staysWhenIsolated,
        JobMode onFailure,
        JobMode onSuccess,
        Optional<Duration> jobTimeout,
        Optional<Duration> jobRunningTimeout) {
    public static final UnitRules NONE =
            new UnitRules(List.of(), List.of(), false, false, false, JobMode.REPLACE, JobMode.FAIL);
    /// Nothing but that it does not care what is isolated.
    public static final UnitRules ALOOF = new UnitRules(
            List.of(),
            List.of(),
            false,
            false,
            false,
            false,
            true,
            JobMode.REPLACE,
            JobMode.FAIL,
            Optional.empty(),
            Optional.empty());

    public UnitRules {
        conditions = List.copyOf(conditions);
        assertions = List.copyOf(assertions);
    }

    /// With jobs that may take any time, and not isolated.
    public UnitRules(
            List<Condition> conditions,
            List<Condition> assertions,
            boolean stopsWhenUnneeded,
            boolean refusesManualStart,
            boolean refusesManualStop,
            JobMode onFailure,
            JobMode onSuccess) {
        this(
                conditions,
                assertions,
                stopsWhenUnneeded,
                refusesManualStart,
                refusesManualStop,
                false,
                false,
                onFailure,
                onSuccess,
                Optional.empty(),
                Optional.empty());
    }
}
