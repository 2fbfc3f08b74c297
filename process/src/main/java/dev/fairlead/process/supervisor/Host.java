package dev.fairlead.process.supervisor;

import dev.fairlead.os.MasterLoop;
import dev.fairlead.process.journal.Journal;
import dev.fairlead.time.Clock;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

/// What the runners of a supervisor share.
///
/// @param notifySocket the name of the socket services report on
/// @param readBuffer a direct buffer for what services print
/// @param changed is told of every step a unit takes, with the message about it; on the loop
/// @param beforeEnding is called before the end of a process is acted upon: what it said last comes first
record Host(
        MasterLoop loop,
        Clock clock,
        Journal journal,
        SupervisorOptions options,
        String notifySocket,
        ByteBuffer readBuffer,
        BiConsumer<UnitRunner, UnitChange> changed,
        Consumer<String> told,
        Runnable beforeEnding) {
    private static final String IDENTIFIER = "fairlead";
    private static final int SELF = (int) ProcessHandle.current().pid();

    /// Says something about a unit, in the unit's own log.
    void say(String unit, String message) {
        journal.append(unit, IDENTIFIER, SELF, List.of(message));
        told.accept(message);
    }
}
