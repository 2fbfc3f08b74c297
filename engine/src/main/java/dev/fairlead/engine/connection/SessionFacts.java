package dev.fairlead.engine.connection;

/// What is known of a client connection at one moment, for operators.
///
/// @param serial its number
/// @param front the name that operators know the listener by; empty for none
/// @param back where its request was given to; empty while it has none, or for none
/// @param server the server that has it; empty for none
/// @param openedNanos when it began, on the monotonic clock
public record SessionFacts(long serial, Peer source, String front, String back, String server, long openedNanos) {}
