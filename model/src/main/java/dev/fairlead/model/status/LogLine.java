package dev.fairlead.model.status;

/// A line that a service printed, or that the supervisor says about it.
///
/// @param atMillis when it was captured, in milliseconds since 1970
/// @param unit whose it is, a full unit name
/// @param identifier the name it carries: what the unit says, else the program's name
/// @param pid which process printed it; 0 for the supervisor's own lines
/// @param priority from 0 (emergency) to 7 (debug), as syslog counts
/// @param text without its line break
public record LogLine(long atMillis, String unit, String identifier, int pid, int priority, String text) {}
