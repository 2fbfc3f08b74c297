package dev.fairlead.model.stream;

import dev.fairlead.model.text.Condition;
import dev.fairlead.source.Span;

/// A choice that is made once for a connection, after its PROXY protocol header, TLS handshake or
/// [StreamSettings.Preread]. Its condition may ask for what is known of connections: addresses, TLS, time; of
/// requests there is nothing.
public record StreamRule(Condition when, StreamAction then, Span origin) {}
