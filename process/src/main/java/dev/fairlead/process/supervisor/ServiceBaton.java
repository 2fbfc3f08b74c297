package dev.fairlead.process.supervisor;

import dev.fairlead.model.service.Job;
import dev.fairlead.model.status.ExitReport;
import dev.fairlead.process.baton.Baton;
import dev.fairlead.process.events.JobFailure;
import dev.fairlead.process.state.Ending;
import dev.fairlead.process.state.Phase;
import dev.fairlead.process.state.Result;
import dev.fairlead.process.state.ServiceState;
import dev.fairlead.process.state.StartHistory;
import java.util.List;
import java.util.Optional;

/// What is known of a service, as one program writes it down for the next.
final class ServiceBaton {
    private ServiceBaton() {}

    static void save(Baton part, ServiceState state) {
        part.put("phase", state.phase().name())
                .put("result", state.result().name())
                .put("main-runs", state.mainRuns())
                .put("stays-down", state.staysDown())
                .put("starts-again", state.startsAgain());
        state.lastEnding().ifPresent(ending -> save(part.add("ending"), ending));
    }

    private static void save(Baton part, Ending ending) {
        switch (ending) {
            case Ending.Exited exited -> part.put("code", exited.code());
            case Ending.Killed killed -> part.put("signal", killed.signal()).put("core", killed.dumpedCore());
        }
    }

    private static Optional<Ending> ending(Baton part) {
        if (part.number("signal").isPresent()) {
            return Optional.of(new Ending.Killed((int) part.number("signal", 0), part.is("core")));
        }
        return part.number("code").isPresent()
                ? Optional.of(new Ending.Exited((int) part.number("code", 0)))
                : Optional.empty();
    }

    /// Why a job failed.
    static void save(Baton part, JobFailure failure) {
        switch (failure) {
            case JobFailure.Ended ended -> {
                part.put("process", ended.process().name());
                save(part, ended.ending());
            }
            case JobFailure.NotStarted not -> part.put("process", not.process().name());
            case JobFailure.RespawnedTooFast _ -> part.put("too-fast", true);
        }
    }

    static JobFailure failure(Baton part) {
        if (part.is("too-fast")) {
            return new JobFailure.RespawnedTooFast();
        }
        Job.Part process = Job.Part.valueOf(part.text("process", Job.Part.MAIN.name()));
        return ending(part)
                .map(ending -> (JobFailure) new JobFailure.Ended(process, ending))
                .orElseGet(() -> new JobFailure.NotStarted(process));
    }

    static ServiceState state(Baton part) {
        return new ServiceState(
                Phase.valueOf(part.text("phase", Phase.INACTIVE.name())),
                Result.valueOf(part.text("result", Result.SUCCESS.name())),
                part.is("main-runs"),
                part.is("stays-down"),
                part.is("starts-again"),
                ending(part.part("ending")));
    }

    static void save(Baton part, StartHistory starts) {
        part.put("starts", starts.startNanos().stream().map(String::valueOf).toList());
    }

    static StartHistory starts(Baton part) {
        List<Long> all = part.texts("starts").stream().map(Long::valueOf).toList();
        return new StartHistory(all);
    }

    static void save(Baton part, ExitReport exit) {
        part.add("exit")
                .put("pid", exit.pid())
                .put("signalled", exit.signalled())
                .put("code", exit.code())
                .put("core", exit.dumpedCore())
                .put("at", exit.atMillis());
    }

    static Optional<ExitReport> exit(Baton part) {
        return part.parts("exit").stream()
                .map(exit -> new ExitReport(
                        (int) exit.number("pid", 0),
                        exit.is("signalled"),
                        (int) exit.number("code", 0),
                        exit.is("core"),
                        exit.number("at", 0)))
                .findFirst();
    }
}
