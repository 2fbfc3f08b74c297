package dev.fairlead.worker;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletionStage;

/// Traffic's side of an application's workers: where they connect, and which of them get requests. Called by the
/// master; safe for use by several threads, never blocks. What becomes of a worker is told to the [WorkerWatch].
public interface WorkerGate {
    /// The abstract unix sockets (each begins with `@`) that a worker connects to, one for each event loop.
    List<String> doors();

    /// A worker will connect and say this token. Its connections stand once [WorkerWatch#connected] was called;
    /// it gets no request before [#admit].
    ///
    /// @param token 32 random hexadecimal digits
    /// @param requestLimit requests after which [WorkerWatch#worn] is called; 0 for no limit
    void expect(WorkerId worker, String token, long requestLimit, WorkerWatch watch);

    /// Sends a request to one worker, admitted or not.
    ///
    /// @param path with its query
    /// @return the status of the answer; fails with an exception that says why there is none
    CompletionStage<Integer> probe(WorkerId worker, String path, Duration timeout);

    /// From now on the worker gets requests.
    void admit(WorkerId worker);

    /// From now on the worker gets no new requests, other than those of sessions that are bound to it. Completes
    /// when the last of its requests has ended, WebSockets included; the worker is then still connected.
    CompletionStage<Served> retire(WorkerId worker);

    /// The process has ended. Requests that were at it are answered or given to others; nothing more is told of
    /// it. Completes when that is done.
    CompletionStage<Served> ended(WorkerId worker, WorkerEnd end);

    /// Says whether an application is meant to run: requests to one that is not are refused at once instead of
    /// waiting for a worker. All are until told otherwise.
    void open(String application, boolean isOpen);

    /// What a worker has done so far.
    Served served(WorkerId worker);

    /// What an application's traffic was doing at one moment.
    Load load(String application);

    /// What one worker did.
    ///
    /// @param requests answered by it
    /// @param failed beside those: broken off, or answered 502 or 504 in its stead
    record Served(long requests, long failed) {}

    /// @param waiting requests that wait for a worker
    /// @param running requests that are at workers
    /// @param refused requests answered 503 because too many waited, or for too long
    record Load(int waiting, int running, long refused) {}
}
