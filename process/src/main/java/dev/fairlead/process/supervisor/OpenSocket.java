package dev.fairlead.process.supervisor;

import dev.fairlead.model.service.socket.ListenPoint;

/// A socket or pipe of a unit that is open.
///
/// @param isSix whether it is one of IPv6
record OpenSocket(ListenPoint point, int descriptor, boolean isSix) {}
