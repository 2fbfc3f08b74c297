package dev.fairlead.process.master;

import dev.fairlead.model.app.Application;
import dev.fairlead.model.control.Outcome;
import dev.fairlead.model.status.ApplicationStatus;
import dev.fairlead.os.MasterLoop;
import dev.fairlead.process.arbiter.ApplicationState;
import dev.fairlead.process.journal.Journal;
import dev.fairlead.process.master.Generation.Context;
import dev.fairlead.time.Clock;
import dev.fairlead.worker.WorkerGate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Runs the workers of all applications of a plan. Its methods may be called from any thread and return at once.
public final class ApplicationMaster implements AutoCloseable {
    private final Context context;
    private final Consumer<ApplicationChange> listener;
    private final Map<String, ManagedApplication> applications = new LinkedHashMap<>();
    private final Map<String, ManagedApplication> leaving = new LinkedHashMap<>();
    private final Map<String, Application> onDemand = new LinkedHashMap<>();

    private ApplicationMaster(Context context, Consumer<ApplicationChange> listener) {
        this.context = context;
        this.listener = listener;
    }

    /// @param loop the supervisor's, or one of its own; it stays the caller's
    /// @param listener told of what happens, on the loop; must not block
    public static ApplicationMaster start(
            MasterLoop loop,
            WorkerGate gate,
            MasterOptions options,
            Clock clock,
            Journal journal,
            Consumer<ApplicationChange> listener) {
        return new ApplicationMaster(new Context(loop, gate, options, clock, journal), listener);
    }

    /// Runs these applications: starts new ones, deploys those that have changed, ends those that are gone.
    /// Completes when all serve or have failed to.
    public CompletionStage<Outcome> apply(List<Application> wanted) {
        return apply(wanted, Set.of());
    }

    /// @param started names of those that are not run before [#start]
    public CompletionStage<Outcome> apply(List<Application> wanted, Set<String> started) {
        return apply(wanted, started, Set.of(), false);
    }

    /// The same, where some of those are about to be started: requests for them wait until then.
    public CompletionStage<Outcome> apply(List<Application> wanted, Set<String> started, Set<String> soon) {
        return apply(wanted, started, soon, false);
    }

    /// The same, but those that have not changed are deployed as well: their code may have.
    public CompletionStage<Outcome> renew(List<Application> wanted) {
        return renew(wanted, Set.of());
    }

    /// @param started names of those that are not run before [#start]
    public CompletionStage<Outcome> renew(List<Application> wanted, Set<String> started) {
        return apply(wanted, started, Set.of(), true);
    }

    private CompletionStage<Outcome> apply(
            List<Application> wanted, Set<String> started, Set<String> soon, boolean isAgain) {
        return onLoop(() -> {
            Map<String, Application> byName = new LinkedHashMap<>();
            wanted.forEach(application -> byName.put(application.name(), application));
            for (String gone : List.copyOf(applications.keySet())) {
                if (!byName.containsKey(gone)) {
                    end(gone);
                }
            }
            List<CompletableFuture<DeployReport>> reports = new ArrayList<>();
            onDemand.clear();
            for (Application application : wanted) {
                if (started.contains(application.name())) {
                    onDemand.put(application.name(), application);
                    if (!applications.containsKey(application.name())) {
                        context.gate().open(application.name(), soon.contains(application.name()));
                        continue;
                    }
                }
                ManagedApplication known = applications.computeIfAbsent(application.name(), name -> begun(application));
                if (isAgain || !known.isServing() || !known.application().equals(application)) {
                    reports.add(known.deploy(application).toCompletableFuture());
                }
            }
            return all(reports);
        });
    }

    /// One that was there before goes on counting where it ended, so that workers' numbers never come twice.
    private ManagedApplication begun(Application application) {
        ManagedApplication before = leaving.get(application.name());
        ApplicationState state = ApplicationState.initial(application.workers());
        return new ManagedApplication(
                context, application, before == null ? state : state.countingFrom(before.state()), listener);
    }

    private static CompletionStage<Outcome> all(List<CompletableFuture<DeployReport>> reports) {
        return CompletableFuture.allOf(reports.toArray(CompletableFuture[]::new))
                .thenApply(done -> {
                    List<DeployReport> told =
                            reports.stream().map(CompletableFuture::join).toList();
                    String message = told.stream().map(DeployReport::message).collect(Collectors.joining("\n"));
                    return told.stream().allMatch(DeployReport::succeeded)
                            ? new Outcome.Done(message)
                            : new Outcome.Failed(message);
                });
    }

    /// Brings up the present code of an application beside the one that serves, and lets that go once the new
    /// one is ready. If the new one does not come up, nothing changes.
    public CompletionStage<DeployReport> deploy(String application) {
        return onLoop(() -> {
            ManagedApplication known = applications.get(application);
            return known == null
                    ? CompletableFuture.completedFuture(new DeployReport(
                            false, "there is no application \"" + application + "\"" + known(), 0, 0, 0))
                    : known.deploy(known.application());
        });
    }

    /// The same with other settings: what they say of listeners and logs counts from the next reload of traffic
    /// on.
    public CompletionStage<DeployReport> deploy(Application next) {
        return onLoop(() -> {
            ManagedApplication known = applications.get(next.name());
            return known == null
                    ? CompletableFuture.completedFuture(
                            new DeployReport(false, "application \"" + next.name() + "\" is stopped", 0, 0, 0))
                    : known.deploy(next);
        });
    }

    /// Starts one of those that are run on demand. If it does not come up nothing of it is left.
    public CompletionStage<DeployReport> start(String application) {
        return onLoop(() -> {
            Application wanted = onDemand.get(application);
            if (wanted == null) {
                return CompletableFuture.completedFuture(
                        new DeployReport(false, "there is no application \"" + application + "\"" + known(), 0, 0, 0));
            }
            ManagedApplication begun = applications.computeIfAbsent(application, name -> begun(wanted));
            context.gate().open(application, true);
            return begun.deploy(wanted).thenApply(report -> {
                if (!report.succeeded() && !begun.isServing() && begun.equals(applications.get(application))) {
                    context.gate().open(application, false);
                    end(application);
                }
                return report;
            });
        });
    }

    /// Ends an application once its requests have ended; others go on. Requests are refused from now on.
    public CompletionStage<@Nullable Void> stop(String application) {
        return onLoop(() -> {
            context.gate().open(application, false);
            return end(application);
        });
    }

    private CompletionStage<@Nullable Void> end(String application) {
        ManagedApplication known = applications.remove(application);
        if (known == null) {
            return CompletableFuture.completedFuture(null);
        }
        leaving.put(application, known);
        return known.stop(true);
    }

    private String known() {
        return applications.isEmpty() ? "" : "; there are " + String.join(", ", applications.keySet());
    }

    /// Changes how many workers an application has.
    public CompletionStage<Outcome> resize(String application, int workers) {
        return onLoop(() -> {
            ManagedApplication known = applications.get(application);
            if (known == null) {
                return done(new Outcome.Unknown("there is no application \"" + application + "\"" + known()));
            }
            known.resize(workers);
            return done(new Outcome.Done(application + " has " + Texts.workers(known.workers())));
        });
    }

    private static CompletionStage<Outcome> done(Outcome outcome) {
        return CompletableFuture.completedFuture(outcome);
    }

    /// Has the loggers of an application's configuration say something, as the master would. Only on the loop.
    ///
    /// @return whether there are any by now
    public boolean log(String application, String level, String message) {
        ManagedApplication known = applications.get(application);
        return known != null && known.log(level, message);
    }

    /// Has workers open the files of their loggers anew, where their configuration has such.
    public void reopenLogs() {
        context.loop().execute(() -> applications.values().forEach(ManagedApplication::reopenLogs));
    }

    /// Only on the loop.
    public Optional<ApplicationStatus> statusOf(String application) {
        return Optional.ofNullable(applications.get(application)).map(ManagedApplication::status);
    }

    public CompletionStage<List<ApplicationStatus>> status() {
        return onLoop(() -> CompletableFuture.completedFuture(
                applications.values().stream().map(ManagedApplication::status).toList()));
    }

    /// Ends all workers.
    ///
    /// @param graceful whether they finish their requests first, within each application's time for that
    public CompletionStage<@Nullable Void> stopAll(boolean graceful) {
        return onLoop(() -> CompletableFuture.allOf(
                        // Whoever waits for a deploy is told by this, and may end an application for it.
                        Stream.concat(
                                        List.copyOf(applications.values()).stream(),
                                        List.copyOf(leaving.values()).stream())
                                .map(known -> known.stop(graceful).toCompletableFuture())
                                .toArray(CompletableFuture[]::new))
                .thenApply(done -> null));
    }

    private <T extends @Nullable Object> CompletionStage<T> onLoop(Supplier<CompletionStage<T>> task) {
        CompletableFuture<T> result = new CompletableFuture<>();
        context.loop()
                .execute(() -> begin(task).whenComplete((value, failure) -> {
                    if (failure == null) {
                        result.complete(value);
                    } else {
                        result.completeExceptionally(failure);
                    }
                }));
        return result;
    }

    /// Nobody waits in vain for a task that could not even begin.
    private static <T extends @Nullable Object> CompletionStage<T> begin(Supplier<CompletionStage<T>> task) {
        try {
            return task.get();
        } catch (RuntimeException failed) {
            return CompletableFuture.failedFuture(failed);
        }
    }

    /// Ends all workers at once.
    @Override
    public void close() {
        stopAll(false);
    }
}
