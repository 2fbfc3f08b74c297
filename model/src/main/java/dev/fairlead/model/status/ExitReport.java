package dev.fairlead.model.status;

/// How a process ended.
///
/// @param pid which process
/// @param signalled whether a signal ended it; then `code` is the signal's number, else its exit status
/// @param dumpedCore whether it left a memory image
/// @param atMillis when, in milliseconds since 1970
public record ExitReport(int pid, boolean signalled, int code, boolean dumpedCore, long atMillis) {}
