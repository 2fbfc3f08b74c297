package dev.fairlead.process.supervisor;

import dev.fairlead.model.service.execution.Command;
import dev.fairlead.process.state.Ending;
import dev.fairlead.process.state.Event;
import dev.fairlead.process.state.Result;
import dev.fairlead.process.supervisor.launch.StartFailure;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;

/// Command lines run one after the other until one fails.
final class CommandRun {
    private final Deque<Command> left;
    private final Starter starter;
    private final Function<Ending, Result> judge;
    private final Consumer<Event> outcome;
    private boolean isAbandoned;

    /// @param judge what the end of one of them means
    /// @param outcome is told once what became of all
    CommandRun(List<Command> commands, Starter starter, Function<Ending, Result> judge, Consumer<Event> outcome) {
        this.left = new ArrayDeque<>(commands);
        this.starter = starter;
        this.judge = judge;
        this.outcome = outcome;
    }

    /// Starts one of them.
    @FunctionalInterface
    interface Starter {
        void start(Command command, Consumer<Ending> whenEnded) throws StartFailure;
    }

    void next() {
        if (isAbandoned) {
            return;
        }
        Command command = left.poll();
        if (command == null) {
            outcome.accept(new Event.CommandsDone());
            return;
        }
        try {
            starter.start(command, ending -> ended(command, ending));
        } catch (StartFailure failure) {
            ended(command, new Ending.Exited(failure.status()));
        }
    }

    /// Nobody is told any more.
    void abandon() {
        isAbandoned = true;
    }

    private void ended(Command command, Ending ending) {
        Result result = command.failureIsIgnored() ? Result.SUCCESS : judge.apply(ending);
        if (isAbandoned) {
            return;
        }
        if (result == Result.SUCCESS) {
            next();
        } else {
            outcome.accept(new Event.CommandsFailed(result));
        }
    }
}
