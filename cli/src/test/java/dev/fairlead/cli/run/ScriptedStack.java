package dev.fairlead.cli.run;

import dev.fairlead.admin.StackControl;
import dev.fairlead.model.control.Outcome;
import dev.fairlead.model.control.Question;
import dev.fairlead.model.control.StackCommand;
import dev.fairlead.model.status.LogLine;
import dev.fairlead.model.status.ManagerStatus;
import dev.fairlead.model.status.StackStatus;
import dev.fairlead.model.status.TrafficStatus;
import dev.fairlead.model.status.UnitView;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.Consumer;

/// A stack of nothing, which says what it was told to say and remembers what it was asked.
final class ScriptedStack implements StackControl {
    private final List<StackCommand> commands = new CopyOnWriteArrayList<>();
    private final BlockingQueue<Outcome> outcomes = new LinkedBlockingQueue<>();
    private final List<Consumer<LogLine>> followers = new CopyOnWriteArrayList<>();
    private final CountDownLatch followed = new CountDownLatch(1);
    private final CountDownLatch unfollowed = new CountDownLatch(1);

    void answer(Outcome outcome) {
        outcomes.add(outcome);
    }

    List<StackCommand> commands() {
        return List.copyOf(commands);
    }

    void print(String text) {
        followers.forEach(follower -> follower.accept(new LogLine(0, "app.service", "app", 7, 6, text)));
    }

    CountDownLatch followed() {
        return followed;
    }

    CountDownLatch unfollowed() {
        return unfollowed;
    }

    @Override
    public StackStatus status() {
        TrafficStatus traffic = new TrafficStatus(1, 0, 0, 0, 0, List.of(), List.of(), List.of());
        return new StackStatus("shop", "/srv/shop", 7, 0, 0, traffic, List.of(), List.of());
    }

    @Override
    public List<UnitView> unitViews() {
        return List.of();
    }

    @Override
    public ManagerStatus manager() {
        return new ManagerStatus(true, List.of(), new LinkedHashMap<>());
    }

    @Override
    public Outcome explain(Question question) {
        return new Outcome.Done(question.method() + " " + question.url() + "\n");
    }

    @Override
    public Outcome perform(StackCommand command) {
        commands.add(command);
        try {
            return outcomes.take();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return new Outcome.Failed("interrupted");
        }
    }

    @Override
    public Following logs(Optional<String> unit, int last, boolean follow, Consumer<LogLine> sink) {
        sink.accept(new LogLine(0, "app.service", "app", 7, 6, "first of " + unit.orElse("all") + " and " + last));
        if (follow) {
            followers.add(sink);
            followed.countDown();
        }
        return () -> {
            followers.remove(sink);
            unfollowed.countDown();
        };
    }
}
