package dev.fairlead.admin.command;

import dev.fairlead.model.roster.CommandSocket;
import java.time.Duration;

/// What one connection has said about itself. Belongs to its thread.
final class Session {
    private CommandSocket.Level level;
    private Duration idle;
    private boolean isPrompting;
    private boolean isOver;

    Session(CommandSocket socket) {
        level = socket.level();
        idle = socket.idle();
    }

    CommandSocket.Level level() {
        return level;
    }

    /// May only do less from now on.
    void lower(CommandSocket.Level to) {
        if (level.covers(to)) {
            level = to;
        }
    }

    Duration idle() {
        return idle;
    }

    void idle(Duration value) {
        idle = value;
    }

    /// Whether it goes on behind a line, asking for the next.
    boolean isPrompting() {
        return isPrompting;
    }

    void togglePrompt() {
        isPrompting = !isPrompting;
    }

    boolean isOver() {
        return isOver;
    }

    void end() {
        isOver = true;
    }
}
