package dev.fairlead.model.upstream;

import java.util.Optional;

/// How a server is watched besides its health checks.
///
/// @param agent how a program beside it is asked what is to become of it; its probe is an agent's
/// @param observation what requests that fail say of its health; nothing without health checks
/// @param relievesBackups whether connections to backups end when it comes up
public record Vigilance(Optional<HealthCheck> agent, Optional<Observation> observation, boolean relievesBackups) {
    /// Not at all.
    public static final Vigilance NONE = new Vigilance(Optional.empty(), Optional.empty(), false);

    /// @param seesAnswers whether answers count; else only whether connections stand
    /// @param limit errors in a row that call for what comes then
    /// @param then the consequence
    public record Observation(boolean seesAnswers, int limit, Consequence then) {}

    /// What too many errors in a row lead to. The next check comes early in any case.
    public enum Consequence {
        /// Nothing else.
        EARLY_CHECK,
        /// They count as a check that failed.
        FAILED_CHECK,
        /// One more check that fails puts it down.
        LAST_CHANCE,
        /// It is down.
        DOWN
    }
}
