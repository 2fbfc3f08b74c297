package dev.fairlead.model.status;

/// A connection inside a stack that needs no socket.
///
/// @param from where it is asked for, as `file:line`
/// @param to the address that stands there
/// @param listener where the listener is asked for, as `file:line`
public record HopStatus(String from, String to, String listener) {}
