package dev.fairlead.process.supervisor;

/// How a supervisor treats the machine it runs on.
///
/// @param adoptsOrphans whether daemons that fork twice become its children, so that their end and status are
///     seen; this concerns the whole Java process, which then must not start processes in any other way
/// @param childrenDieWithIt whether each main process is sent its stop signal when the supervisor itself dies
/// @param isTrial whether a stack is tried out away from its machine: a service whose user is not known here
///     then runs as whoever tries it; elsewhere root runs it as `nobody`, so that nothing gets more rights than
///     it asked for
public record SupervisorOptions(boolean adoptsOrphans, boolean childrenDieWithIt, boolean isTrial) {
    /// As `fairlead up` runs.
    public static final SupervisorOptions DEFAULT = new SupervisorOptions(true, true, false);

    /// For use inside another program, tests among them, that starts processes of its own.
    public static final SupervisorOptions GUEST = new SupervisorOptions(false, true, true);

    public SupervisorOptions withTrial(boolean trial) {
        return new SupervisorOptions(adoptsOrphans, childrenDieWithIt, trial);
    }
}
