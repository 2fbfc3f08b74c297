package dev.fairlead.model.service.execution;

import java.util.Set;

/// Which open descriptors a service is given besides its standard ones.
///
/// @param sockets socket units whose sockets it gets although they name another service
/// @param store how many descriptors of its own it may leave here and gets back when it starts again
/// @param doNotBlock whether they return at once instead of waiting
public record Handover(Set<String> sockets, int store, boolean doNotBlock) {
    public static final Handover PLAIN = new Handover(Set.of(), 0, false);

    public Handover {
        sockets = Set.copyOf(sockets);
    }
}
