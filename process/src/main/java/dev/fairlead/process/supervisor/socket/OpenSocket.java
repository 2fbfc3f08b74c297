package dev.fairlead.process.supervisor.socket;

import dev.fairlead.model.service.socket.ListenPoint;

/// A socket or pipe of a unit that is open.
///
/// @param isSix whether it is one of IPv6
public record OpenSocket(ListenPoint point, int descriptor, boolean isSix) {}
