package dev.fairlead.model.status;

/// What one listener was doing at one moment.
///
/// @param address where it really listens, as people write it: `127.0.0.1:80`, `unix:/run/app.sock`
/// @param tls whether its connections speak TLS
/// @param origin `file:line` of the configuration that asked for it
public record ListenerStatus(String address, boolean tls, String origin) {}
