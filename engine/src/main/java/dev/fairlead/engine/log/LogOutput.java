package dev.fairlead.engine.log;

/// Where lines end up. Used by the writing thread only.
interface LogOutput {
    /// Writes whole lines.
    void write(byte[] bytes, int length);

    /// Closes what is open and opens it again by its name, as after a rotation of logs.
    default void reopen() {}

    default void close() {}
}
