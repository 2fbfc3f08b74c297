package dev.fairlead.process.supervisor;

import dev.fairlead.model.service.Unit;
import java.util.Optional;

/// What a unit runs by, and what it shall run by once it is at rest.
final class Definition<U extends Unit> {
    private U present;
    private Optional<U> next = Optional.empty();

    Definition(U first) {
        present = first;
    }

    U present() {
        return present;
    }

    /// A new reading; it counts at once for a unit that is at rest.
    void offer(U other, boolean isAtRest) {
        next = other.equals(present) ? Optional.empty() : Optional.of(other);
        if (isAtRest) {
            take();
        }
    }

    /// The newest counts from now on.
    void take() {
        next.ifPresent(other -> present = other);
        next = Optional.empty();
    }

    /// Whether a newer one waits.
    boolean isOutdated() {
        return next.isPresent();
    }
}
