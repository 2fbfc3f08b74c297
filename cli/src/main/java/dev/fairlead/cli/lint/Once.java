package dev.fairlead.cli.lint;

import dev.fairlead.source.Span;
import java.util.HashSet;
import java.util.Set;

/// Which places a rule has spoken of: parts of a plan that come from one line, such as a site with two listeners,
/// are spoken of once.
final class Once {
    private final Set<String> told = new HashSet<>();

    boolean isNew(Span place) {
        return told.add(place.file().name() + " " + place.start() + " " + place.end());
    }
}
