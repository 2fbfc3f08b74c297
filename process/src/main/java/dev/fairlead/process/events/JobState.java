package dev.fairlead.process.events;

/// The step a job is in, in Upstart's words.
public enum JobState {
    WAITING("waiting"),
    /// Held up until everybody who waits for its `starting` event is done.
    STARTING("starting"),
    PRE_START("pre-start"),
    /// Its main process runs and has not said yet that it is up.
    SPAWNED("spawned"),
    POST_START("post-start"),
    RUNNING("running"),
    PRE_STOP("pre-stop"),
    /// Held up until everybody who waits for its `stopping` event is done.
    STOPPING("stopping"),
    KILLED("killed"),
    POST_STOP("post-stop");

    private final String word;

    JobState(String word) {
        this.word = word;
    }

    public String word() {
        return word;
    }

    /// The step that follows.
    ///
    /// @param hasMain whether a main process runs
    JobState next(Goal goal, boolean hasMain) {
        boolean goesOn = goal == Goal.START;
        return switch (this) {
            case WAITING, POST_STOP -> goesOn ? STARTING : WAITING;
            case STARTING -> goesOn ? PRE_START : STOPPING;
            case PRE_START -> goesOn ? SPAWNED : STOPPING;
            case SPAWNED -> goesOn ? POST_START : STOPPING;
            case POST_START -> goesOn ? RUNNING : STOPPING;
            case RUNNING -> goal == Goal.STOP && hasMain ? PRE_STOP : STOPPING;
            case PRE_STOP -> goesOn ? RUNNING : STOPPING;
            case STOPPING -> KILLED;
            case KILLED -> POST_STOP;
        };
    }
}
