package dev.fairlead.model.service;

import java.util.Optional;

/// Where units come from that are made only when they are asked for, such as the instances of a template.
@FunctionalInterface
public interface UnitSource {
    UnitSource NONE = name -> Optional.empty();

    /// May be called from any thread.
    ///
    /// @param name with its suffix
    /// @return empty if there is no such unit, or if it cannot be used
    Optional<Unit> unit(String name);
}
