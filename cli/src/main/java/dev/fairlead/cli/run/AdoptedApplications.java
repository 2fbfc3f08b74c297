package dev.fairlead.cli.run;

import dev.fairlead.cli.stack.CompiledStack;
import dev.fairlead.model.app.Application;
import dev.fairlead.model.control.Outcome;
import dev.fairlead.model.plan.Plan;
import dev.fairlead.model.service.lifecycle.Signal;
import dev.fairlead.model.status.ApplicationStatus;
import dev.fairlead.process.master.ApplicationMaster;
import dev.fairlead.process.master.DeployReport;
import dev.fairlead.process.supervisor.UnitApplications;
import dev.fairlead.source.Severity;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.function.Supplier;

/// Has the master run what units stand for.
///
/// @param source reads the stack's files; takes its time
/// @param reopen opens log files again
record AdoptedApplications(ApplicationMaster master, Supplier<CompiledStack> source, Supplier<Outcome> reopen)
        implements UnitApplications {
    private static final Executor ASIDE = task -> Thread.ofVirtual().start(task);

    @Override
    public CompletionStage<Outcome> start(String application) {
        return master.start(application).thenApply(AdoptedApplications::outcome);
    }

    /// The unit, its environment files and gunicorn's configuration file are read again first.
    @Override
    public CompletionStage<Outcome> reload(String application) {
        return CompletableFuture.supplyAsync(source, ASIDE).thenCompose(compiled -> {
            Optional<Application> wanted = compiled.plan().map(Plan::applications).stream()
                    .flatMap(all -> all.stream())
                    .filter(one -> one.name().equals(application))
                    .findFirst();
            if (compiled.isBroken() || wanted.isEmpty()) {
                String why = compiled.isBroken()
                        ? compiled.complaints(Severity.WARNING)
                        : "the configuration no longer has an application \"" + application + "\"";
                return CompletableFuture.completedFuture(new Outcome.Failed(why + "\n\nnothing was changed"));
            }
            return master.deploy(wanted.get()).thenApply(AdoptedApplications::outcome);
        });
    }

    private static Outcome outcome(DeployReport report) {
        return report.succeeded() ? new Outcome.Done(report.message()) : new Outcome.Failed(report.message());
    }

    @Override
    public CompletionStage<Outcome> stop(String application) {
        return master.stop(application).thenApply(done -> new Outcome.Done(application + " has ended"));
    }

    @Override
    public CompletionStage<Outcome> signal(String application, Signal signal) {
        int workers = status(application).map(now -> now.workers().size()).orElse(0);
        if (signal.equals(Signal.TTIN) && workers > 0) {
            return master.resize(application, workers + 1);
        }
        if (signal.equals(Signal.TTOU) && workers > 0) {
            return master.resize(application, Math.max(1, workers - 1));
        }
        if (signal.equals(Signal.USR1)) {
            return CompletableFuture.supplyAsync(reopen, ASIDE);
        }
        return CompletableFuture.completedFuture(new Outcome.Failed(
                "an application that runs takes HUP, TERM, QUIT, INT, TTIN, TTOU and USR1, not " + signal));
    }

    @Override
    public Optional<ApplicationStatus> status(String application) {
        return master.statusOf(application);
    }
}
