package dev.fairlead.model.http;

import java.time.Duration;

/// How a request body is taken in.
///
/// @param maxBytes the largest body; 0 for no limit. A larger one is answered 413
/// @param memoryBytes how much of a body is held in memory before the rest goes to a temporary file
/// @param timeout longest pause between two reads; then 408
/// @param temporaryFolder where temporary files are made
/// @param inFile whether bodies always go to a file
public record RequestBody(long maxBytes, int memoryBytes, Duration timeout, String temporaryFolder, boolean inFile) {}
