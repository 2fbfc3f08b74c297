package dev.fairlead.model.roster;

import dev.fairlead.model.net.Address;
import dev.fairlead.source.Span;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;

/// A socket on which operators give commands, a line each.
///
/// @param level what they may do
/// @param idle how long a connection may say nothing
/// @param mode permissions of a unix socket's file, as in `chmod`; empty for what the process's mask leaves
/// @param user who owns that file; a name or a number
public record CommandSocket(
        Address address,
        Level level,
        Duration idle,
        OptionalInt mode,
        Optional<String> user,
        Optional<String> group,
        Span origin) {

    /// What may be done; each may do what those before it may.
    public enum Level {
        /// Looks at what is not sensitive.
        USER,
        /// Looks at everything and resets what was greatest.
        OPERATOR,
        /// Changes things.
        ADMIN;

        public boolean covers(Level other) {
            return compareTo(other) >= 0;
        }

        /// As it is written: `admin`.
        public String word() {
            return name().toLowerCase(java.util.Locale.ROOT);
        }
    }
}
