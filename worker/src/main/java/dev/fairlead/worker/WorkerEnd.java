package dev.fairlead.worker;

/// How a worker's process ended, as far as its open requests are concerned.
///
/// @param cause for messages and the error log: `worker 4123 was killed by SIGSEGV`
/// @param retryable whether it was ended from outside (SIGKILL, SIGTERM, a retired worker), so that a request that
///     may be sent twice can go to another worker; a crash may be the request's fault
public record WorkerEnd(String cause, boolean retryable) {}
