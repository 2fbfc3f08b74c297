package dev.fairlead.process.state;

import dev.fairlead.model.service.Service;
import dev.fairlead.model.service.execution.Command;
import dev.fairlead.model.service.lifecycle.Timeouts;
import dev.fairlead.process.state.Action.Round;
import dev.fairlead.process.state.Action.Step;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// State × event → state and actions, for one service. Events that mean nothing in a phase leave it as it is:
/// processes and people answer late.
public final class ServiceTable {
    private final Service service;

    public ServiceTable(Service service) {
        this.service = service;
    }

    public Transition next(ServiceState state, Event event) {
        return switch (state.phase()) {
            case INACTIVE, FAILED -> atRest(state, event);
            case AUTO_RESTART -> beforeRestart(state, event);
            case CONDITION, START_PRE, START, START_POST -> starting(state, event);
            case RUNNING -> running(state, event);
            case EXITED -> exited(state, event);
            case RELOAD -> reloading(state, event);
            case STOP -> stopCommands(state, event);
            case STOP_WATCHDOG, STOP_SIGTERM, STOP_SIGKILL -> stopSignals(state, event);
            case STOP_POST -> stopPost(state, event);
            case FINAL_WATCHDOG, FINAL_SIGTERM, FINAL_SIGKILL -> lastSignals(state, event);
        };
    }

    private Transition atRest(ServiceState state, Event event) {
        return switch (event) {
            case Event.Start _ -> begin(state);
            case Event.StartRefused refused -> refuse(state, refused);
            case Event.Reset _ -> Transition.stay(ServiceState.INITIAL);
            case Event.Stop _,
                    Event.Restart _,
                    Event.MainEnded _,
                    Event.Reload _,
                    Event.CommandsDone _,
                    Event.CommandsFailed _,
                    Event.MainStarted _,
                    Event.Ready _,
                    Event.Reloading _,
                    Event.Stopping _,
                    Event.WatchdogMissed _,
                    Event.TimedOut _,
                    Event.ProcessesGone _ -> Transition.stay(state);
        };
    }

    private Transition beforeRestart(ServiceState state, Event event) {
        return switch (event) {
            case Event.Stop _, Event.Restart _ ->
                new Transition(
                        state.phase(Phase.INACTIVE).wishes(true, false), List.of(new Action.Limit(Optional.empty())));
            case Event.StartRefused refused -> refuse(state, refused);
            // A start waits for the restart that is due anyway, as with systemd.
            case Event.Start _,
                    Event.Reload _,
                    Event.Reset _,
                    Event.CommandsDone _,
                    Event.CommandsFailed _,
                    Event.MainStarted _,
                    Event.MainEnded _,
                    Event.Ready _,
                    Event.Reloading _,
                    Event.Stopping _,
                    Event.WatchdogMissed _,
                    Event.TimedOut _,
                    Event.ProcessesGone _ -> Transition.stay(state);
        };
    }

    private Transition starting(ServiceState state, Event event) {
        return switch (event) {
            case Event.Stop _ -> signal(state.wishes(true, false), Phase.STOP_SIGTERM);
            case Event.Restart _ -> signal(state.wishes(true, true), Phase.STOP_SIGTERM);
            case Event.CommandsDone _ -> afterCommands(state);
            case Event.CommandsFailed failed -> signal(state.result(failed.result()), Phase.STOP_SIGTERM);
            case Event.MainStarted _ -> mainStarted(state);
            case Event.MainEnded ended -> mainEndedWhileStarting(state.mainEnded(ended), ended.result());
            case Event.Ready _ -> state.phase() == Phase.START && awaitsReady() ? post(state) : Transition.stay(state);
            case Event.TimedOut _ -> late(state, service.timeouts().lateStart());
            case Event.WatchdogMissed _ ->
                state.phase() == Phase.START_POST
                        ? signal(state.result(Result.WATCHDOG), Phase.STOP_WATCHDOG)
                        : Transition.stay(state);
            case Event.Start _,
                    Event.Reload _,
                    Event.Reset _,
                    Event.StartRefused _,
                    Event.Reloading _,
                    Event.Stopping _,
                    Event.ProcessesGone _ -> Transition.stay(state);
        };
    }

    private Transition mainEndedWhileStarting(ServiceState state, Result result) {
        if (state.phase() == Phase.START_POST) {
            // The commands are waited for first.
            return Transition.stay(state);
        }
        if (!awaitsReady()) {
            return settle(state);
        }
        return signal(state.result(result == Result.SUCCESS ? Result.PROTOCOL : result), Phase.STOP_SIGTERM);
    }

    private Transition running(ServiceState state, Event event) {
        return switch (event) {
            case Event.Stop _ -> stop(state.wishes(true, false));
            case Event.Restart _ -> stop(state.wishes(true, true));
            case Event.Reload _ -> reload(state);
            case Event.MainEnded ended ->
                ended.othersGoOn() ? Transition.stay(state.mainEnded(ended)) : settle(state.mainEnded(ended));
            case Event.Reloading _ ->
                new Transition(
                        state.phase(Phase.RELOAD),
                        List.of(new Action.Limit(service.timeouts().start())));
            // It ends by itself; only its time is limited.
            case Event.Stopping _ ->
                new Transition(
                        state.phase(Phase.STOP_SIGTERM),
                        List.of(new Action.Limit(service.timeouts().stop())));
            case Event.WatchdogMissed _ -> signal(state.result(Result.WATCHDOG), Phase.STOP_WATCHDOG);
            case Event.TimedOut _ -> stop(state.result(Result.TIMEOUT));
            case Event.Start _,
                    Event.Reset _,
                    Event.StartRefused _,
                    Event.CommandsDone _,
                    Event.CommandsFailed _,
                    Event.MainStarted _,
                    Event.Ready _,
                    Event.ProcessesGone _ -> Transition.stay(state);
        };
    }

    private Transition exited(ServiceState state, Event event) {
        return switch (event) {
            case Event.Stop _ -> stop(state.wishes(true, false));
            case Event.Restart _ -> stop(state.wishes(true, true));
            case Event.Reload _ -> reload(state);
            case Event.TimedOut _ -> stop(state.result(Result.TIMEOUT));
            case Event.Start _,
                    Event.Reset _,
                    Event.StartRefused _,
                    Event.CommandsDone _,
                    Event.CommandsFailed _,
                    Event.MainStarted _,
                    Event.MainEnded _,
                    Event.Ready _,
                    Event.Reloading _,
                    Event.Stopping _,
                    Event.WatchdogMissed _,
                    Event.ProcessesGone _ -> Transition.stay(state);
        };
    }

    private Transition reloading(ServiceState state, Event event) {
        return switch (event) {
            case Event.Stop _ -> signal(state.wishes(true, false), Phase.STOP_SIGTERM);
            case Event.Restart _ -> signal(state.wishes(true, true), Phase.STOP_SIGTERM);
            case Event.CommandsDone _, Event.Ready _ -> reloaded(state, true);
            case Event.CommandsFailed _ -> reloaded(state, false);
            case Event.TimedOut _ -> {
                Transition after = reloaded(state, false);
                List<Action> actions = new ArrayList<>(after.actions());
                actions.addFirst(new Action.AbandonCommands());
                yield new Transition(after.state(), actions);
            }
            case Event.WatchdogMissed _ -> signal(state.result(Result.WATCHDOG), Phase.STOP_WATCHDOG);
            case Event.Stopping _ ->
                new Transition(
                        state.phase(Phase.STOP_SIGTERM),
                        List.of(new Action.Limit(service.timeouts().stop())));
            case Event.MainEnded ended -> Transition.stay(state.mainEnded(ended));
            case Event.Start _,
                    Event.Reload _,
                    Event.Reloading _,
                    Event.Reset _,
                    Event.StartRefused _,
                    Event.MainStarted _,
                    Event.ProcessesGone _ -> Transition.stay(state);
        };
    }

    private Transition stopCommands(ServiceState state, Event event) {
        return switch (event) {
            case Event.CommandsDone _ -> signal(state, Phase.STOP_SIGTERM);
            case Event.CommandsFailed failed -> signal(state.result(failed.result()), Phase.STOP_SIGTERM);
            case Event.TimedOut _ -> late(state, service.timeouts().lateStop());
            case Event.MainEnded ended -> Transition.stay(state.mainEnded(ended));
            case Event.Start _,
                    Event.Stop _,
                    Event.Restart _,
                    Event.Reload _,
                    Event.Reset _,
                    Event.StartRefused _,
                    Event.MainStarted _,
                    Event.Ready _,
                    Event.Reloading _,
                    Event.Stopping _,
                    Event.WatchdogMissed _,
                    Event.ProcessesGone _ -> wish(state, event);
        };
    }

    private Transition stopSignals(ServiceState state, Event event) {
        boolean isFirst = state.phase() != Phase.STOP_SIGKILL;
        return switch (event) {
            case Event.MainEnded ended -> afterStop(state.mainEnded(ended));
            case Event.ProcessesGone _ ->
                isFirst && service.kill().finalSignalIsSent() ? signal(state, Phase.STOP_SIGKILL) : afterStop(state);
            case Event.TimedOut _ ->
                afterFirst(state, Phase.STOP_SIGTERM, Phase.STOP_WATCHDOG, Phase.STOP_SIGKILL)
                        .orElseGet(() -> afterStop(state.result(Result.TIMEOUT)));
            case Event.Start _,
                    Event.Stop _,
                    Event.Restart _,
                    Event.Reload _,
                    Event.Reset _,
                    Event.StartRefused _,
                    Event.CommandsDone _,
                    Event.CommandsFailed _,
                    Event.MainStarted _,
                    Event.Ready _,
                    Event.WatchdogMissed _,
                    Event.Stopping _,
                    Event.Reloading _ -> wish(state, event);
        };
    }

    private Transition stopPost(ServiceState state, Event event) {
        return switch (event) {
            case Event.CommandsDone _ -> signal(state, Phase.FINAL_SIGTERM);
            case Event.CommandsFailed failed -> signal(state.result(failed.result()), Phase.FINAL_SIGTERM);
            case Event.TimedOut _ ->
                signal(
                        state.result(Result.TIMEOUT),
                        switch (service.timeouts().lateStop()) {
                            case TERMINATE -> Phase.FINAL_SIGTERM;
                            case ABORT -> Phase.FINAL_WATCHDOG;
                            case KILL -> Phase.FINAL_SIGKILL;
                        });
            case Event.MainEnded ended -> Transition.stay(state.mainEnded(ended));
            case Event.Start _,
                    Event.Stop _,
                    Event.Restart _,
                    Event.Reload _,
                    Event.Reset _,
                    Event.StartRefused _,
                    Event.MainStarted _,
                    Event.Ready _,
                    Event.Reloading _,
                    Event.Stopping _,
                    Event.WatchdogMissed _,
                    Event.ProcessesGone _ -> wish(state, event);
        };
    }

    private Transition lastSignals(ServiceState state, Event event) {
        boolean isFirst = state.phase() != Phase.FINAL_SIGKILL;
        return switch (event) {
            case Event.ProcessesGone _ ->
                isFirst && service.kill().finalSignalIsSent() ? signal(state, Phase.FINAL_SIGKILL) : end(state);
            case Event.TimedOut _ ->
                afterFirst(state, Phase.FINAL_SIGTERM, Phase.FINAL_WATCHDOG, Phase.FINAL_SIGKILL)
                        .orElseGet(() -> end(state.result(Result.TIMEOUT)));
            case Event.MainEnded ended -> Transition.stay(state.mainEnded(ended));
            case Event.Start _,
                    Event.Stop _,
                    Event.Restart _,
                    Event.Reload _,
                    Event.Reset _,
                    Event.StartRefused _,
                    Event.CommandsDone _,
                    Event.CommandsFailed _,
                    Event.MainStarted _,
                    Event.Ready _,
                    Event.WatchdogMissed _,
                    Event.Stopping _,
                    Event.Reloading _ -> wish(state, event);
        };
    }

    /// What people want while it is ending decides what follows; everything else is too late.
    private static Transition wish(ServiceState state, Event event) {
        return switch (event) {
            case Event.Restart _ -> Transition.stay(state.wishes(true, true));
            case Event.Stop _ -> Transition.stay(state.wishes(true, false));
            case Event.Start _,
                    Event.Reload _,
                    Event.Reset _,
                    Event.StartRefused _,
                    Event.CommandsDone _,
                    Event.CommandsFailed _,
                    Event.MainStarted _,
                    Event.MainEnded _,
                    Event.Ready _,
                    Event.Reloading _,
                    Event.Stopping _,
                    Event.WatchdogMissed _,
                    Event.TimedOut _,
                    Event.ProcessesGone _ -> Transition.stay(state);
        };
    }

    /// A step has taken too long.
    private Transition late(ServiceState state, Timeouts.Late late) {
        return signal(
                state.result(Result.TIMEOUT),
                switch (late) {
                    case TERMINATE -> Phase.STOP_SIGTERM;
                    case ABORT -> Phase.STOP_WATCHDOG;
                    case KILL -> Phase.STOP_SIGKILL;
                });
    }

    /// What is sent to processes that a signal has not ended in time; empty: nothing more.
    private Optional<Transition> afterFirst(ServiceState state, Phase first, Phase abort, Phase last) {
        if (state.phase() == last) {
            return Optional.empty();
        }
        ServiceState late = state.result(Result.TIMEOUT);
        if (state.phase() == first && service.timeouts().lateStop() == Timeouts.Late.ABORT) {
            return Optional.of(signal(late, abort));
        }
        return service.kill().finalSignalIsSent() ? Optional.of(signal(late, last)) : Optional.empty();
    }

    private Transition begin(ServiceState state) {
        return commands(
                        state.fresh(),
                        Phase.CONDITION,
                        Step.CONDITION,
                        service.commands().condition())
                .orElseGet(() -> pre(state.fresh()));
    }

    private Transition pre(ServiceState state) {
        return commands(state, Phase.START_PRE, Step.PRE, service.commands().pre())
                .orElseGet(() -> main(state));
    }

    private Transition main(ServiceState state) {
        return switch (service.startup()) {
            case ONESHOT, FORKING ->
                commands(state, Phase.START, Step.START, service.commands().start())
                        .orElseGet(() -> post(state));
            case SIMPLE, IDLE, EXEC, NOTIFY, NOTIFY_RELOAD ->
                new Transition(
                        state.phase(Phase.START),
                        List.of(new Action.Limit(service.timeouts().start()), new Action.SpawnMain()));
        };
    }

    private Transition mainStarted(ServiceState state) {
        ServiceState up = state.mainRuns(true);
        return state.phase() == Phase.START && !awaitsReady() ? post(up) : Transition.stay(up);
    }

    private boolean awaitsReady() {
        return switch (service.startup()) {
            case NOTIFY, NOTIFY_RELOAD -> true;
            case SIMPLE, IDLE, EXEC, FORKING, ONESHOT -> false;
        };
    }

    private Transition afterCommands(ServiceState state) {
        return switch (state.phase()) {
            case CONDITION -> pre(state);
            case START_PRE -> main(state);
            case START -> post(state);
            case START_POST -> settle(state);
            case INACTIVE,
                    RUNNING,
                    EXITED,
                    RELOAD,
                    STOP,
                    STOP_WATCHDOG,
                    STOP_SIGTERM,
                    STOP_SIGKILL,
                    STOP_POST,
                    FINAL_WATCHDOG,
                    FINAL_SIGTERM,
                    FINAL_SIGKILL,
                    AUTO_RESTART,
                    FAILED -> Transition.stay(state);
        };
    }

    private Transition post(ServiceState state) {
        return commands(state, Phase.START_POST, Step.POST, service.commands().post())
                .orElseGet(() -> settle(state));
    }

    /// Into the phase that fits what is left of it: running, exited well, or ending.
    private Transition settle(ServiceState state) {
        if (state.result() != Result.SUCCESS) {
            return signal(state, Phase.STOP_SIGTERM);
        }
        if (state.mainRuns()) {
            return new Transition(
                    state.phase(Phase.RUNNING),
                    List.of(new Action.Limit(service.timeouts().run())));
        }
        if (service.remainsAfterExit()) {
            return new Transition(
                    state.phase(Phase.EXITED),
                    List.of(new Action.Limit(service.timeouts().run())));
        }
        return stop(state);
    }

    private Transition reload(ServiceState state) {
        return switch (service.startup()) {
            case NOTIFY_RELOAD ->
                new Transition(
                        state.phase(Phase.RELOAD),
                        List.of(new Action.Limit(service.timeouts().start()), new Action.Run(Step.RELOAD)));
            case SIMPLE, IDLE, EXEC, FORKING, ONESHOT, NOTIFY ->
                commands(state, Phase.RELOAD, Step.RELOAD, service.commands().reload())
                        .orElseGet(() -> new Transition(state, List.of(new Action.ReloadEnded(false))));
        };
    }

    private Transition reloaded(ServiceState state, boolean succeeded) {
        Transition after = settle(state);
        List<Action> actions = new ArrayList<>(after.actions());
        actions.addFirst(new Action.ReloadEnded(succeeded));
        return new Transition(after.state(), actions);
    }

    private Transition stop(ServiceState state) {
        return commands(state, Phase.STOP, Step.STOP, service.commands().stop())
                .orElseGet(() -> signal(state, Phase.STOP_SIGTERM));
    }

    private Transition afterStop(ServiceState state) {
        return commands(
                        state,
                        Phase.STOP_POST,
                        Step.STOP_POST,
                        service.commands().stopPost())
                .orElseGet(() -> signal(state, Phase.FINAL_SIGTERM));
    }

    private Transition signal(ServiceState state, Phase phase) {
        boolean isFinal = phase == Phase.STOP_SIGKILL || phase == Phase.FINAL_SIGKILL;
        boolean isAbort = phase == Phase.STOP_WATCHDOG || phase == Phase.FINAL_WATCHDOG;
        Round first = isAbort ? Round.ABORT : state.startsAgain() ? Round.FIRST_OF_RESTART : Round.FIRST;
        Round round = isFinal ? Round.FINAL : first;
        Optional<Duration> most =
                isAbort ? service.timeouts().abort() : service.timeouts().stop();
        return new Transition(
                state.phase(phase),
                List.of(new Action.AbandonCommands(), new Action.Limit(most), new Action.Kill(round)));
    }

    private Transition end(ServiceState state) {
        ServiceState ended = state.phase(state.result().isFailure() ? Phase.FAILED : Phase.INACTIVE);
        Action noLimit = new Action.Limit(Optional.empty());
        if (!state.staysDown() && RestartRule.comesBack(service.restart(), state.result(), state.lastEnding())) {
            return new Transition(state.phase(Phase.AUTO_RESTART), List.of(noLimit, new Action.ScheduleRestart()));
        }
        return new Transition(ended, List.of(noLimit));
    }

    private static Transition refuse(ServiceState state, Event.StartRefused refused) {
        // Why it ended before stays to be seen.
        ServiceState failed =
                state.result(refused.reason()).wishes(false, false).phase(Phase.FAILED);
        return new Transition(failed, List.of(new Action.Limit(Optional.empty())));
    }

    /// Into a phase that runs commands; empty if there are none to run.
    private Optional<Transition> commands(ServiceState state, Phase phase, Step step, List<Command> commands) {
        if (commands.isEmpty()) {
            return Optional.empty();
        }
        boolean ends = phase == Phase.STOP || phase == Phase.STOP_POST;
        Optional<Duration> most =
                ends ? service.timeouts().stop() : service.timeouts().start();
        return Optional.of(new Transition(state.phase(phase), List.of(new Action.Limit(most), new Action.Run(step))));
    }
}
