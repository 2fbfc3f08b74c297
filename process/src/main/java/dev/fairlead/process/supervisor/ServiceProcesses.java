package dev.fairlead.process.supervisor;

import dev.fairlead.model.service.Command;
import dev.fairlead.model.service.KillPolicy;
import dev.fairlead.model.service.NotifyAccess;
import dev.fairlead.model.service.Service;
import dev.fairlead.model.service.Signal;
import dev.fairlead.os.OsException;
import dev.fairlead.os.ProcessTable;
import dev.fairlead.os.Processes;
import dev.fairlead.process.state.Action.Round;
import dev.fairlead.process.state.Ending;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;

/// The processes of one service: those started for it, and those they started.
final class ServiceProcesses {
    private final Host host;
    private final Launcher launcher;
    private final Map<Integer, Child> children = new HashMap<>();
    private final Map<Integer, Child> relatives = new HashMap<>();
    private final Set<Integer> ended = new HashSet<>();
    private final Runnable whenGone;
    private String invocation = "";
    private Optional<Integer> main = Optional.empty();
    private Optional<KillRound> killing = Optional.empty();
    private boolean areKnownGone = true;
    private int lastEnded;

    /// @param whenGone is called once none of those that [#kill] waits for is left
    ServiceProcesses(Host host, Runnable whenGone) {
        this.host = host;
        this.launcher = new Launcher(host);
        this.whenGone = whenGone;
    }

    private record KillRound(boolean concernsAll, boolean isFinal, Signal signal) {}

    /// A new life of the service begins.
    void renew() {
        invocation = UUID.randomUUID().toString().replace("-", "");
        ended.clear();
        killing = Optional.empty();
    }

    /// Starts a process for the service.
    void launch(Service service, Command command, Map<String, String> told, boolean isMain, Consumer<Ending> whenEnded)
            throws StartFailure {
        Map<String, String> all = new HashMap<>(told);
        all.put("INVOCATION_ID", invocation);
        if (service.notifyAccess() != NotifyAccess.NONE) {
            all.put("NOTIFY_SOCKET", host.notifySocket());
        }
        main.ifPresent(pid -> all.put("MAINPID", Integer.toString(pid)));
        int[] pid = new int[1];
        Child child = launcher.launch(service, command, all, isMain, ending -> ended(pid[0], ending, whenEnded));
        pid[0] = child.pid();
        children.put(child.pid(), child);
        areKnownGone = false;
        if (isMain) {
            main = Optional.of(child.pid());
        }
    }

    /// Takes a process that was not started from here, such as a daemon, as the main one.
    void adoptMain(int pid, Consumer<Ending> whenEnded) throws OsException {
        Child known = children.get(pid);
        if (known == null) {
            children.put(pid, Child.watch(host.loop(), pid, Optional.empty(), ending -> {
                host.beforeEnding().run();
                ended(pid, ending, whenEnded);
            }));
        }
        main = Optional.of(pid);
    }

    private void ended(int pid, Ending ending, Consumer<Ending> whenEnded) {
        lastEnded = pid;
        children.remove(pid);
        ended.add(pid);
        if (main.filter(current -> current == pid).isPresent()) {
            main = Optional.empty();
        }
        whenEnded.accept(ending);
        checkGone();
    }

    /// The process that ended last; 0 if none has.
    int lastEnded() {
        return lastEnded;
    }

    Optional<Integer> main() {
        return main;
    }

    boolean owns(int pid) {
        return children.containsKey(pid);
    }

    boolean watches(int pid) {
        return children.containsKey(pid) || relatives.containsKey(pid);
    }

    /// Whether a process belongs to the service in any way.
    boolean isRelated(int pid) {
        return ProcessTable.of(pid)
                .filter(row -> !family().among(ProcessTable.all()).stream()
                        .filter(member -> member.pid() == row.pid())
                        .toList()
                        .isEmpty())
                .isPresent();
    }

    List<ProcessTable.Row> among(List<ProcessTable.Row> all) {
        return areKnownGone ? List.of() : family().among(all);
    }

    private Family family() {
        return new Family(
                children.keySet(),
                ended,
                "INVOCATION_ID=" + invocation,
                host.options().adoptsOrphans());
    }

    /// Signals every process of the service.
    void signalAll(int signal) {
        among(ProcessTable.all()).forEach(row -> Processes.signal(row.pid(), signal));
    }

    /// Sends the signals of a round, and waits until those it is for are gone.
    void kill(KillPolicy policy, Round round) {
        Signal signal = switch (round) {
            case FIRST -> policy.signal();
            case FIRST_OF_RESTART -> policy.restartSignal();
            case FINAL -> policy.finalSignal();
        };
        boolean isFinal = round == Round.FINAL;
        boolean concernsAll = switch (policy.mode()) {
            case ALL -> true;
            case MIXED -> isFinal;
            case MAIN, NONE -> false;
        };
        killing = Optional.of(new KillRound(concernsAll, isFinal, signal));
        if (policy.mode() == KillPolicy.Mode.NONE) {
            finishKilling();
            return;
        }
        Set<Integer> targets = new HashSet<>(children.keySet());
        if (concernsAll) {
            relatives().forEach(row -> targets.add(row.pid()));
        }
        targets.forEach(pid -> send(pid, signal, !isFinal && policy.hangupIsSent()));
        checkGone();
    }

    private static void send(int pid, Signal signal, boolean hangup) {
        Processes.signal(pid, signal.number());
        if (hangup) {
            Processes.signal(pid, Signal.HUP.number());
        }
        if (!signal.equals(Signal.KILL) && !signal.equals(Signal.CONT)) {
            // A stopped process would never see the signal.
            Processes.signal(pid, Signal.CONT.number());
        }
    }

    /// Those that were not started from here; each is watched from now on.
    private List<ProcessTable.Row> relatives() {
        List<ProcessTable.Row> others = among(ProcessTable.all()).stream()
                .filter(row -> !children.containsKey(row.pid()))
                .toList();
        areKnownGone = others.isEmpty() && children.isEmpty();
        for (ProcessTable.Row row : others) {
            if (!relatives.containsKey(row.pid())) {
                watchRelative(row.pid());
            }
        }
        return others;
    }

    private void watchRelative(int pid) {
        try {
            relatives.put(pid, Child.watch(host.loop(), pid, Optional.empty(), ending -> {
                relatives.remove(pid);
                checkGone();
            }));
        } catch (OsException alreadyGone) {
            relatives.remove(pid);
        }
    }

    private void checkGone() {
        if (killing.isEmpty() || !children.isEmpty()) {
            return;
        }
        if (killing.get().concernsAll()) {
            List<ProcessTable.Row> left = relatives();
            if (killing.get().isFinal()) {
                // What was forked while the others were killed.
                left.forEach(row ->
                        Processes.signal(row.pid(), killing.get().signal().number()));
            }
            if (!left.isEmpty()) {
                return;
            }
        }
        finishKilling();
    }

    private void finishKilling() {
        killing = Optional.empty();
        whenGone.run();
    }

    /// Ends a command that nobody waits for any more.
    void killCommands(Signal signal) {
        children.forEach((pid, child) -> {
            if (main.filter(current -> current.equals(pid)).isEmpty()) {
                child.signal(signal.number());
            }
        });
    }

    /// The daemon a forking service has left behind: the eldest process that has no parent but the supervisor or
    /// init.
    Optional<Integer> guessMain() {
        int self = (int) ProcessHandle.current().pid();
        return among(ProcessTable.all()).stream()
                .filter(row -> row.parent() == self || row.parent() == 1)
                .map(ProcessTable.Row::pid)
                .filter(pid -> !children.containsKey(pid))
                .min(Integer::compare);
    }
}
