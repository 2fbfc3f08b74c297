package dev.fairlead.cli.systemctl;

/// One verb.
///
/// @param least how many words it needs at least
/// @param most and at most
/// @param kind what it needs to be done
record VerbRow(String name, int least, int most, Kind kind) {
    static final int ANY = Integer.MAX_VALUE;

    /// What a verb needs.
    enum Kind {
        FILES,
        RUNNING,
        /// Of this machine or its own manager, not of a stack.
        ELSEWHERE
    }

    static VerbRow files(String name, int least, int most) {
        return new VerbRow(name, least, most, Kind.FILES);
    }

    static VerbRow running(String name, int least, int most) {
        return new VerbRow(name, least, most, Kind.RUNNING);
    }

    static VerbRow elsewhere(String name) {
        return new VerbRow(name, 0, ANY, Kind.ELSEWHERE);
    }
}
