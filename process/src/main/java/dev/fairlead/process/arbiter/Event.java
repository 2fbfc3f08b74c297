package dev.fairlead.process.arbiter;

/// Something that happened to an application. What is about a generation or a worker that is gone means nothing.
public sealed interface Event {
    /// The present code shall run.
    ///
    /// @param workers how many it shall have
    record Deploy(int workers) implements Event {}

    /// There shall be more workers, or fewer.
    record Resize(int workers) implements Event {}

    /// It shall end for good.
    ///
    /// @param isGraceful whether requests are finished first
    record Stop(boolean isGraceful) implements Event {}

    /// Of one generation.
    sealed interface OfGeneration extends Event {
        int generation();
    }

    /// Its zygote can fork workers.
    record Loaded(int generation) implements OfGeneration {}

    /// It cannot come up, or its zygote could not load the code again.
    ///
    /// @param why for people; with the traceback
    record Failed(int generation, String why) implements OfGeneration {}

    /// The process of its zygote has ended.
    ///
    /// @param how `ended with status 3`, for people
    record ZygoteEnded(int generation, String how) implements OfGeneration {}

    /// The delay before another zygote is over.
    record ZygoteDue(int generation) implements OfGeneration {}

    /// The delay before other workers is over.
    record ForkDue(int generation) implements OfGeneration {}

    /// Of one worker.
    sealed interface OfWorker extends Event {
        int worker();
    }

    /// There is a process.
    record Forked(int worker) implements OfWorker {}

    /// It waits for requests and has answered the health check, if there is one.
    record Ready(int worker) implements OfWorker {}

    /// It could not load the application, or did not answer the health check as it should.
    record Unfit(int worker, String why) implements OfWorker {}

    /// It should be ready by now.
    record Late(int worker) implements OfWorker {}

    /// It has had its requests, or uses too much memory.
    record Worn(int worker, String why) implements OfWorker {}

    /// A request at it takes too long.
    record Overdue(int worker, String why) implements OfWorker {}

    /// The requests of a retiring worker have ended, or the time for that is over.
    record Idle(int worker) implements OfWorker {}

    /// It was told to end and is still there.
    record Lingering(int worker) implements OfWorker {}

    /// It has closed a connection to traffic, and its process is still there after a while.
    record Deaf(int worker) implements OfWorker {}

    /// Its process has ended.
    ///
    /// @param cause for people
    /// @param livedMillis how long after it was asked for
    /// @param atMillis now, by the monotonic clock
    record Ended(int worker, String cause, long livedMillis, long atMillis) implements OfWorker {}
}
