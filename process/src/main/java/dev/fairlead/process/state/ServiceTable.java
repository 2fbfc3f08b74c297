package dev.fairlead.process.state;

import dev.fairlead.model.service.Command;
import dev.fairlead.model.service.Service;
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
            case STOP_SIGTERM, STOP_SIGKILL -> stopSignals(state, event);
            case STOP_POST -> stopPost(state, event);
            case FINAL_SIGTERM, FINAL_SIGKILL -> lastSignals(state, event);
        };
    }

    private Transition atRest(ServiceState state, Event event) {
        return switch (event) {
            case Event.Start _, Event.Restart _ -> begin(state);
            case Event.StartRefused refused -> refuse(state, refused);
            case Event.Reset _ -> Transition.stay(ServiceState.INITIAL);
            case Event.Stop _,
                    Event.MainEnded _,
                    Event.Reload _,
                    Event.CommandsDone _,
                    Event.CommandsFailed _,
                    Event.MainStarted _,
                    Event.Ready _,
                    Event.TimedOut _,
                    Event.ProcessesGone _,
                    Event.RestartDue _ -> Transition.stay(state);
        };
    }

    private Transition beforeRestart(ServiceState state, Event event) {
        return switch (event) {
            case Event.RestartDue _, Event.Restart _ -> begin(state);
            case Event.Stop _ ->
                new Transition(
                        state.phase(Phase.INACTIVE).wishes(true, false), List.of(new Action.Limit(Optional.empty())));
            case Event.StartRefused refused -> refuse(state, refused);
            // A start by hand waits for the restart that is due anyway, as with systemd.
            case Event.Start _,
                    Event.Reload _,
                    Event.Reset _,
                    Event.CommandsDone _,
                    Event.CommandsFailed _,
                    Event.MainStarted _,
                    Event.MainEnded _,
                    Event.Ready _,
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
            case Event.TimedOut _ -> signal(state.result(Result.TIMEOUT), Phase.STOP_SIGTERM);
            case Event.Start _,
                    Event.Reload _,
                    Event.Reset _,
                    Event.StartRefused _,
                    Event.ProcessesGone _,
                    Event.RestartDue _ -> Transition.stay(state);
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
            case Event.MainEnded ended -> settle(state.mainEnded(ended));
            case Event.TimedOut _ -> stop(state.result(Result.TIMEOUT));
            case Event.Start _,
                    Event.Reset _,
                    Event.StartRefused _,
                    Event.CommandsDone _,
                    Event.CommandsFailed _,
                    Event.MainStarted _,
                    Event.Ready _,
                    Event.ProcessesGone _,
                    Event.RestartDue _ -> Transition.stay(state);
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
                    Event.ProcessesGone _,
                    Event.RestartDue _ -> Transition.stay(state);
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
            case Event.MainEnded ended -> Transition.stay(state.mainEnded(ended));
            case Event.Start _,
                    Event.Reload _,
                    Event.Reset _,
                    Event.StartRefused _,
                    Event.MainStarted _,
                    Event.ProcessesGone _,
                    Event.RestartDue _ -> Transition.stay(state);
        };
    }

    private Transition stopCommands(ServiceState state, Event event) {
        return switch (event) {
            case Event.CommandsDone _ -> signal(state, Phase.STOP_SIGTERM);
            case Event.CommandsFailed failed -> signal(state.result(failed.result()), Phase.STOP_SIGTERM);
            case Event.TimedOut _ -> signal(state.result(Result.TIMEOUT), Phase.STOP_SIGTERM);
            case Event.MainEnded ended -> Transition.stay(state.mainEnded(ended));
            case Event.Start _,
                    Event.Stop _,
                    Event.Restart _,
                    Event.Reload _,
                    Event.Reset _,
                    Event.StartRefused _,
                    Event.MainStarted _,
                    Event.Ready _,
                    Event.ProcessesGone _,
                    Event.RestartDue _ -> wish(state, event);
        };
    }

    private Transition stopSignals(ServiceState state, Event event) {
        boolean isFirst = state.phase() == Phase.STOP_SIGTERM;
        return switch (event) {
            case Event.MainEnded ended -> afterStop(state.mainEnded(ended));
            case Event.ProcessesGone _ ->
                isFirst && service.kill().finalSignalIsSent() ? signal(state, Phase.STOP_SIGKILL) : afterStop(state);
            case Event.TimedOut _ ->
                isFirst && service.kill().finalSignalIsSent()
                        ? signal(state.result(Result.TIMEOUT), Phase.STOP_SIGKILL)
                        : afterStop(state.result(Result.TIMEOUT));
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
                    Event.RestartDue _ -> wish(state, event);
        };
    }

    private Transition stopPost(ServiceState state, Event event) {
        return switch (event) {
            case Event.CommandsDone _ -> signal(state, Phase.FINAL_SIGTERM);
            case Event.CommandsFailed failed -> signal(state.result(failed.result()), Phase.FINAL_SIGTERM);
            case Event.TimedOut _ -> signal(state.result(Result.TIMEOUT), Phase.FINAL_SIGTERM);
            case Event.MainEnded ended -> Transition.stay(state.mainEnded(ended));
            case Event.Start _,
                    Event.Stop _,
                    Event.Restart _,
                    Event.Reload _,
                    Event.Reset _,
                    Event.StartRefused _,
                    Event.MainStarted _,
                    Event.Ready _,
                    Event.ProcessesGone _,
                    Event.RestartDue _ -> wish(state, event);
        };
    }

    private Transition lastSignals(ServiceState state, Event event) {
        boolean isFirst = state.phase() == Phase.FINAL_SIGTERM;
        return switch (event) {
            case Event.ProcessesGone _ ->
                isFirst && service.kill().finalSignalIsSent() ? signal(state, Phase.FINAL_SIGKILL) : end(state);
            case Event.TimedOut _ ->
                isFirst && service.kill().finalSignalIsSent()
                        ? signal(state.result(Result.TIMEOUT), Phase.FINAL_SIGKILL)
                        : end(state.result(Result.TIMEOUT));
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
                    Event.RestartDue _ -> wish(state, event);
        };
    }

    /// What people want while it is ending decides what follows; everything else is too late.
    private static Transition wish(ServiceState state, Event event) {
        return switch (event) {
            case Event.Start _, Event.Restart _ -> Transition.stay(state.wishes(state.staysDown(), true));
            case Event.Stop _ -> Transition.stay(state.wishes(true, false));
            case Event.Reload _,
                    Event.Reset _,
                    Event.StartRefused _,
                    Event.CommandsDone _,
                    Event.CommandsFailed _,
                    Event.MainStarted _,
                    Event.MainEnded _,
                    Event.Ready _,
                    Event.TimedOut _,
                    Event.ProcessesGone _,
                    Event.RestartDue _ -> Transition.stay(state);
        };
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
            case SIMPLE, EXEC, NOTIFY, NOTIFY_RELOAD ->
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
            case SIMPLE, EXEC, FORKING, ONESHOT -> false;
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
                    STOP_SIGTERM,
                    STOP_SIGKILL,
                    STOP_POST,
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
            case SIMPLE, EXEC, FORKING, ONESHOT, NOTIFY ->
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
        Round round = isFinal ? Round.FINAL : state.startsAgain() ? Round.FIRST_OF_RESTART : Round.FIRST;
        Optional<Duration> most = service.timeouts().stop();
        return new Transition(
                state.phase(phase),
                List.of(new Action.AbandonCommands(), new Action.Limit(most), new Action.Kill(round)));
    }

    private Transition end(ServiceState state) {
        ServiceState ended = state.phase(state.result().isFailure() ? Phase.FAILED : Phase.INACTIVE);
        Action noLimit = new Action.Limit(Optional.empty());
        if (state.startsAgain()) {
            return new Transition(ended.wishes(false, false), List.of(noLimit, new Action.StartAgain()));
        }
        if (!state.staysDown() && RestartRule.comesBack(service.restart(), state.result(), state.lastEnding())) {
            return new Transition(
                    state.phase(Phase.AUTO_RESTART),
                    List.of(
                            noLimit,
                            new Action.ScheduleRestart(service.restart().delay())));
        }
        return new Transition(ended, List.of(noLimit));
    }

    private static Transition refuse(ServiceState state, Event.StartRefused refused) {
        ServiceState failed = state.fresh().result(refused.reason()).phase(Phase.FAILED);
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
