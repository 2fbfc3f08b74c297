package dev.fairlead.process.supervisor;

import dev.fairlead.model.control.Outcome;
import dev.fairlead.model.service.ApplicationUnit;
import dev.fairlead.model.service.Unit;
import dev.fairlead.model.service.lifecycle.Signal;
import dev.fairlead.model.status.ApplicationStatus;
import dev.fairlead.model.status.ApplicationStatus.WorkerStatus;
import dev.fairlead.model.status.UnitStatus;
import dev.fairlead.model.status.UnitStatus.Activity;
import dev.fairlead.os.ProcessTable;
import dev.fairlead.process.baton.Baton;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import java.util.function.Supplier;

/// A unit that stands for an application: its steps are those of the application.
final class ApplicationRunner implements UnitRunner {
    private final Host host;
    private final Supplier<UnitApplications> applications;
    private ApplicationUnit unit;
    private Activity activity = Activity.INACTIVE;
    private Optional<String> problem = Optional.empty();
    private long sinceMillis;
    /// Which wish counts: what an earlier one still comes to is of no interest.
    private int wish;

    ApplicationRunner(Host host, ApplicationUnit unit, Supplier<UnitApplications> applications) {
        this.host = host;
        this.unit = unit;
        this.applications = applications;
        this.sinceMillis = host.clock().wallMillis();
    }

    @Override
    public Unit unit() {
        return unit;
    }

    @Override
    public void redefine(Unit other) {
        if (other instanceof ApplicationUnit next) {
            unit = next;
        }
    }

    @Override
    public void start() {
        if (activity == Activity.ACTIVATING || activity == Activity.ACTIVE || activity == Activity.RELOADING) {
            return;
        }
        become(Activity.ACTIVATING, "Starting " + unit.description() + "...");
        await(applications.get().start(unit.application()), outcome -> {
            problem = problemOf(outcome);
            if (outcome.succeeded()) {
                become(Activity.ACTIVE, "Started " + unit.description() + ".");
            } else {
                become(Activity.FAILED, name() + ": Failed with result 'exit-code'.");
            }
        });
    }

    @Override
    public void stop() {
        if (activity == Activity.INACTIVE || activity == Activity.DEACTIVATING) {
            return;
        }
        become(Activity.DEACTIVATING, "Stopping " + unit.description() + "...");
        await(applications.get().stop(unit.application()), outcome -> {
            problem = Optional.empty();
            become(Activity.INACTIVE, name() + ": Deactivated successfully.");
        });
    }

    /// Where it serves, another generation takes over, so that nobody notices.
    @Override
    public boolean restartsInPlace() {
        return activity == Activity.ACTIVE;
    }

    @Override
    public boolean canReload() {
        return true;
    }

    @Override
    public CompletableFuture<Outcome> reload() {
        if (activity != Activity.ACTIVE) {
            return CompletableFuture.completedFuture(new Outcome.Failed(name() + " is not active, cannot reload."));
        }
        CompletableFuture<Outcome> told = new CompletableFuture<>();
        become(Activity.RELOADING, "Reloading " + unit.description() + "...");
        await(applications.get().reload(unit.application()), outcome -> {
            problem = problemOf(outcome);
            String message = outcome.succeeded()
                    ? "Reloaded " + unit.description() + "."
                    : "Reload failed for " + unit.description() + ": what ran before goes on.";
            become(Activity.ACTIVE, message);
            told.complete(outcome);
        });
        return told;
    }

    CompletionStage<Outcome> signal(Signal signal) {
        if (signal.equals(Signal.HUP)) {
            return reload();
        }
        if (signal.equals(Signal.TERM) || signal.equals(Signal.INT) || signal.equals(Signal.QUIT)) {
            stop();
            return CompletableFuture.completedFuture(new Outcome.Done("Sent " + signal + " to " + name() + "."));
        }
        return applications.get().signal(unit.application(), signal);
    }

    private static Optional<String> problemOf(Outcome outcome) {
        return outcome.succeeded() ? Optional.empty() : Optional.of(outcome.message());
    }

    private void await(CompletionStage<Outcome> stage, Consumer<Outcome> then) {
        int own = ++wish;
        stage.whenComplete((outcome, failure) -> host.loop().execute(() -> {
            if (own == wish) {
                then.accept(failure == null ? outcome : new Outcome.Failed(String.valueOf(failure)));
            }
        }));
    }

    private void become(Activity next, String message) {
        Activity before = activity;
        activity = next;
        sinceMillis = host.clock().wallMillis();
        host.say(name(), message);
        host.changed().accept(this, new UnitChange(name(), before, next, subState(), message));
    }

    /// In systemd's words.
    private String subState() {
        return switch (activity) {
            case INACTIVE -> "dead";
            case ACTIVATING -> "start";
            case ACTIVE -> "running";
            case RELOADING -> "reload";
            case DEACTIVATING -> "stop-sigterm";
            case FAILED -> "failed";
        };
    }

    @Override
    public Optional<String> unsettled() {
        return switch (activity) {
            case INACTIVE, ACTIVE, FAILED -> Optional.empty();
            case ACTIVATING, RELOADING, DEACTIVATING -> Optional.of("in " + subState());
        };
    }

    @Override
    public void save(Baton part) {
        part.put("activity", activity.name()).put("since", sinceMillis).put("problem", problem);
    }

    /// Its workers are not handed over: it is started anew.
    @Override
    public void resume(Baton part) {
        Activity before = Activity.valueOf(part.text("activity", Activity.INACTIVE.name()));
        if (before == Activity.ACTIVE) {
            host.loop().execute(this::start);
        } else {
            activity = before;
            sinceMillis = part.number("since", sinceMillis);
            problem = part.text("problem");
        }
    }

    @Override
    public Activity activity() {
        return activity;
    }

    @Override
    public boolean isAtRest() {
        return activity == Activity.INACTIVE || activity == Activity.FAILED;
    }

    @Override
    public UnitStatus status(boolean isEnabled, List<ProcessTable.Row> processes) {
        Optional<ApplicationStatus> running = applications.get().status(unit.application());
        List<WorkerStatus> workers = running.map(ApplicationStatus::workers).orElse(List.of());
        long memory = workers.stream().mapToLong(WorkerStatus::residentBytes).sum();
        return new UnitStatus(
                name(),
                unit.description(),
                activity,
                subState(),
                activity == Activity.FAILED ? "exit-code" : "success",
                OptionalInt.empty(),
                sinceMillis,
                0,
                Optional.empty(),
                Optional.empty(),
                workers.isEmpty() ? OptionalLong.empty() : OptionalLong.of(memory),
                workers.isEmpty() ? OptionalInt.empty() : OptionalInt.of(workers.size()),
                isEnabled,
                false,
                Optional.of(unit.application()),
                problem,
                Optional.empty(),
                unit.sources());
    }
}
