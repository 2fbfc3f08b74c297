package dev.fairlead.cli.run;

import dev.fairlead.admin.command.CommandServer;
import dev.fairlead.admin.command.Steered;
import dev.fairlead.cli.control.BoardSockets;
import dev.fairlead.engine.generation.Engine;
import dev.fairlead.model.plan.Plan;
import dev.fairlead.time.Clock;
import java.io.IOException;

/// The sockets for operators that configurations ask for, besides the stack's own.
///
/// @param commands those on which lines are said
/// @param boards those on which parts are switched
record OperatorSockets(CommandServer commands, BoardSockets boards) implements AutoCloseable {

    /// @throws IOException naming the socket that cannot be opened; then none is
    static OperatorSockets open(Engine engine, Plan plan, Clock clock) throws IOException {
        Steered steered = new Steered(engine, "HAProxy", Steered.FOLLOWED);
        CommandServer commands = CommandServer.open(plan.roster().sockets(), () -> steered);
        try {
            return new OperatorSockets(commands, BoardSockets.open(plan.roster().boards(), engine, clock));
        } catch (IOException refused) {
            commands.close();
            throw refused;
        }
    }

    /// Goes over to those of another plan.
    void replace(Plan plan) {
        commands.replace(plan.roster().sockets());
        boards.replace(plan.roster().boards());
    }

    @Override
    public void close() {
        commands.close();
        boards.close();
    }
}
