package dev.fairlead.worker;

import java.time.Duration;

/// The master's side: what traffic notices about workers. Called on any thread; must return at once.
public interface WorkerWatch {
    /// All its connections stand: the application is loaded and it waits for requests.
    void connected(WorkerId worker);

    /// It has been given as many requests as it may get. It still gets requests until it is retired.
    void worn(WorkerId worker);

    /// A request at it has taken longer than the application's timeout. Traffic has answered 504 already, or
    /// broken off; the worker is to be killed and its requests that it has not begun go to others.
    ///
    /// @param request method and target, for messages
    void overdue(WorkerId worker, String request, Duration after);

    /// One of its connections broke. Usually it has ended, which [WorkerGate#ended] is then to tell.
    void disconnected(WorkerId worker);
}
