package dev.fairlead.process.master;

/// What came of a deploy.
///
/// @param message for the person who asked; holds the traceback if the new code did not come up
/// @param generation the one that serves now; 0 if none does
/// @param served requests that workers of all generations answered from when it was asked for until the
///     generation before had finished its last
/// @param failed requests broken off in that time, or answered 502, 503 or 504 in a worker's stead
public record DeployReport(boolean succeeded, String message, int generation, long served, long failed) {}
