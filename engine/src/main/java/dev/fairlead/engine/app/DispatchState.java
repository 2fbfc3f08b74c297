package dev.fairlead.engine.app;

/// How far a request has come on its way through a worker.
enum DispatchState {
    /// There is no request.
    SPARE,
    /// The body is taken in.
    TAKING,
    /// No worker has room.
    WAITING,
    /// A worker has it.
    SENT,
    /// The head of the answer is out.
    ANSWERING,
    /// The worker has ended the answer; the client still takes it.
    FINISHING,
    /// Another connection carries the answer.
    TUNNEL,
    /// The worker's connection broke; why is not known yet.
    LOST
}
