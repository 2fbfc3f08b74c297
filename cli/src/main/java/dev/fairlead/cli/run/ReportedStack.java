package dev.fairlead.cli.run;

import dev.fairlead.admin.StackControl;
import dev.fairlead.cli.daemon.Superior;
import dev.fairlead.model.control.Outcome;
import dev.fairlead.model.control.Question;
import dev.fairlead.model.control.StackCommand;
import dev.fairlead.model.status.LogLine;
import dev.fairlead.model.status.ManagerStatus;
import dev.fairlead.model.status.StackStatus;
import dev.fairlead.model.status.UnitStatus;
import dev.fairlead.model.status.UnitView;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/// A running stack whose superior hears of reloads and of the end, whoever asks for them: a signal or the control
/// socket.
///
/// @param ends told once the stack is asked to end, before it does
record ReportedStack(StackRun stack, Superior superior, Runnable ends) implements StackControl {
    @Override
    public Outcome perform(StackCommand command) {
        return switch (command) {
            case StackCommand.Reload _ -> reload(command);
            case StackCommand.Stop _ -> stop(command);
            // Its superior is told once the new program is ready for it.
            case StackCommand.Upgrade _ -> stack.perform(command);
            case StackCommand.UpgradeReport _ -> stack.perform(command);
            case StackCommand.ReopenLogs _ -> stack.perform(command);
            case StackCommand.Deploy _ -> stack.perform(command);
            case StackCommand.Scale _ -> stack.perform(command);
            case StackCommand.Roll _ -> stack.perform(command);
            case StackCommand.ChangeVariables _ -> stack.perform(command);
            case StackCommand.CancelJobs _ -> stack.perform(command);
            case StackCommand.ForJobs _ -> stack.perform(command);
            case StackCommand.ForUnit _ -> stack.perform(command);
        };
    }

    /// Of several at once the last is told as a reload that begins while another is under way: nothing follows
    /// from that but a later [Superior#isReady].
    private Outcome reload(StackCommand command) {
        superior.isReloading();
        Outcome outcome = stack.perform(command);
        superior.isReady(summary() + (outcome.succeeded() ? "" : "; the last reload failed and changed nothing"));
        return outcome;
    }

    private Outcome stop(StackCommand command) {
        ends.run();
        superior.isEnding(stack.supervisor().loop());
        return stack.perform(command);
    }

    /// In one line, for who supervises this program and shows one.
    String summary() {
        StackStatus status = stack.status();
        long up = status.units().stream()
                .filter(unit -> unit.activity() == UnitStatus.Activity.ACTIVE)
                .count();
        return "Configuration " + status.traffic().generation() + " serves at "
                + status.traffic().listeners().size() + " addresses; " + up + " of "
                + status.units().size() + " units are up";
    }

    @Override
    public StackStatus status() {
        return stack.status();
    }

    @Override
    public ManagerStatus manager() {
        return stack.manager();
    }

    @Override
    public List<UnitView> unitViews() {
        return stack.unitViews();
    }

    @Override
    public Outcome explain(Question question) {
        return stack.explain(question);
    }

    @Override
    public Following logs(Optional<String> unit, int last, boolean follow, Consumer<LogLine> sink) {
        return stack.logs(unit, last, follow, sink);
    }
}
