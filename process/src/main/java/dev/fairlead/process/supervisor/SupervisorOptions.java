package dev.fairlead.process.supervisor;

/// How a supervisor treats the machine it runs on.
///
/// @param adoptsOrphans whether daemons that fork twice become its children, so that their end and status are seen;
///     this concerns the whole Java process, which then must not start processes in any other way
/// @param childrenDieWithIt whether each main process is sent its stop signal when the supervisor itself dies
public record SupervisorOptions(boolean adoptsOrphans, boolean childrenDieWithIt) {
    /// As `fairlead up` runs.
    public static final SupervisorOptions DEFAULT = new SupervisorOptions(true, true);

    /// For use inside another program, tests among them, that starts processes of its own.
    public static final SupervisorOptions GUEST = new SupervisorOptions(false, true);
}
