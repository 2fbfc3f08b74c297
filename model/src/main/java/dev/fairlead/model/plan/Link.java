package dev.fairlead.model.plan;

import dev.fairlead.model.net.Address;
import dev.fairlead.source.Span;

/// A hop inside the plan: whoever connects to `to` is handed over to the listener in process, without a socket.
///
/// @param to as the forwarding side writes it
/// @param listener the address of the listener as the plan has it
/// @param forward where the connection was asked for
/// @param listening where the listener was asked for
public record Link(Address to, Address listener, Span forward, Span listening) {}
