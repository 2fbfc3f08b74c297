package dev.fairlead.process.master;

/// What came of a deploy.
///
/// @param message for the person who asked; holds the traceback if the new code did not come up
/// @param generation the one that serves now; 0 if none does
/// @param served requests that the generation before answered in its life
/// @param failed of those, how many were broken off or answered by an error in a worker's stead
public record DeployReport(boolean succeeded, String message, int generation, long served, long failed) {}
