package dev.fairlead.model.service;

import dev.fairlead.source.Span;
import java.nio.file.Path;
import java.util.List;

/// Something the supervisor brings up and takes down, known by a name that is unique in its stack.
public sealed interface Unit permits Service, Target, ApplicationUnit {
    /// With its suffix, such as `nethelper@4001.service`.
    String name();

    /// One line for people; the name where the operator wrote none.
    String description();

    Dependencies dependencies();

    /// The files it was read from, the main one first, then its drop-ins in the order they were applied.
    List<Path> sources();

    /// Where its definition begins.
    Span origin();
}
