package dev.fairlead.engine.connection;

import java.util.concurrent.atomic.AtomicLong;

/// Numbers connections, whatever they carry.
public final class ConnectionSerial {
    private static final AtomicLong LAST = new AtomicLong();

    private ConnectionSerial() {}

    /// A number that no other connection of this process has or had.
    public static long next() {
        return LAST.incrementAndGet();
    }
}
