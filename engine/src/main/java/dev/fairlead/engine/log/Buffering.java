package dev.fairlead.engine.log;

/// How long a loop collects lines.
///
/// @param bytes handed over when there are that many; 0 hands over at the end of each turn of the loop
/// @param flushMillis handed over after that time at the latest; 0 for no such limit
record Buffering(int bytes, long flushMillis) {
    static final Buffering NONE = new Buffering(0, 0);
}
