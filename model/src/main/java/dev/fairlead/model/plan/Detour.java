package dev.fairlead.model.plan;

import dev.fairlead.model.net.Address;

/// A listener of the plan that a [PortMap] moved, seen from a forward that still names the port it was written
/// with: whoever needs a socket to `to` connects to the same host at `port`.
public record Detour(Address.Tcp to, int port) {}
