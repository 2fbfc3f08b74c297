package dev.fairlead.process.supervisor;

import dev.fairlead.model.service.Service;
import dev.fairlead.model.service.execution.Command;
import dev.fairlead.model.service.lifecycle.KillPolicy;
import dev.fairlead.model.service.lifecycle.NotifyAccess;
import dev.fairlead.model.service.lifecycle.Signal;
import dev.fairlead.os.OsException;
import dev.fairlead.os.ProcessTable;
import dev.fairlead.os.Processes;
import dev.fairlead.process.baton.Baton;
import dev.fairlead.process.state.Action.Round;
import dev.fairlead.process.state.Ending;
import dev.fairlead.process.supervisor.launch.ChainEnd;
import dev.fairlead.process.supervisor.launch.Child;
import dev.fairlead.process.supervisor.launch.DescriptorStore;
import dev.fairlead.process.supervisor.launch.Family;
import dev.fairlead.process.supervisor.launch.Handed;
import dev.fairlead.process.supervisor.launch.Launch;
import dev.fairlead.process.supervisor.launch.Launcher;
import dev.fairlead.process.supervisor.launch.ServiceGroups;
import dev.fairlead.process.supervisor.launch.StartFailure;
import java.nio.file.Path;
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
    private final DescriptorStore store = new DescriptorStore();
    private final Map<Integer, Child> children = new HashMap<>();
    private final Map<Integer, Child> relatives = new HashMap<>();
    private final Set<Integer> ended = new HashSet<>();
    private final Runnable whenGone;
    private String invocation = "";
    private Optional<Launch> starting = Optional.empty();
    private Optional<Integer> main = Optional.empty();
    private ChainEnd mainEnd = new ChainEnd(List.of(), 0);
    private Optional<KillRound> killing = Optional.empty();
    private boolean areKnownGone = true;
    private boolean relativesAreTold;
    private boolean isAwaitingScan;
    private int lastEnded;
    private boolean mainHasEnded;
    private int newest;

    /// @param whenGone is called once none of those that [#kill] waits for is left
    ServiceProcesses(Host host, Runnable whenGone) {
        this.host = host;
        this.launcher = new Launcher(host);
        this.whenGone = whenGone;
    }

    private record KillRound(boolean concernsAll, boolean isFinal, Signal signal, boolean hangup) {
        void send(int pid) {
            Processes.signal(pid, signal.number());
            if (hangup) {
                Processes.signal(pid, Signal.HUP.number());
            }
            if (!signal.equals(Signal.KILL) && !signal.equals(Signal.CONT)) {
                // A stopped process would never see the signal.
                Processes.signal(pid, Signal.CONT.number());
            }
        }
    }

    /// The service is down.
    ///
    /// @param comesBack whether it is going to be started again
    void cleanUp(Service service, boolean comesBack) {
        launcher.cleanUp(service, comesBack);
        if (!comesBack) {
            store.close();
        }
    }

    /// Where its resources are bounded.
    ServiceGroups groups() {
        return launcher.groups();
    }

    /// What the service has left here.
    DescriptorStore store() {
        return store;
    }

    /// A new life of the service begins.
    void renew() {
        invocation = UUID.randomUUID().toString().replace("-", "");
        ended.clear();
        killing = Optional.empty();
    }

    /// Starts a process for the service.
    void launch(Service service, Command command, Map<String, String> told, boolean isMain, Consumer<Ending> whenEnded)
            throws StartFailure {
        settle();
        take(prepare(service, command, told, isMain), whenEnded);
    }

    /// Has the main process started, without waiting until it is there.
    ///
    /// @param started is called when it is
    /// @param failed is told why there will be none
    /// @throws StartFailure where that is known at once
    void launchMain(
            Service service,
            Command command,
            Consumer<Ending> whenEnded,
            Runnable started,
            Consumer<StartFailure> failed)
            throws StartFailure {
        settle();
        Launch launch = prepare(service, command, Map.of(), true);
        starting = Optional.of(launch);
        host.spawner().begin(launch, () -> {
            if (starting.filter(launch::equals).isEmpty()) {
                return;
            }
            starting = Optional.empty();
            host.spawner().taken(launch);
            try {
                take(launch, whenEnded);
            } catch (StartFailure failure) {
                failed.accept(failure);
                return;
            }
            started.run();
        });
    }

    /// Whether a process is being started.
    boolean isStarting() {
        return starting.isPresent();
    }

    /// Waits for a process that is being started, as whoever signals all of them has to, and who hears of them.
    void settle() {
        starting.ifPresent(host.spawner()::finish);
    }

    private Launch prepare(Service service, Command command, Map<String, String> told, boolean isMain)
            throws StartFailure {
        Map<String, String> all = new HashMap<>(told);
        all.put("INVOCATION_ID", invocation);
        if (service.notifyAccess() != NotifyAccess.NONE) {
            all.put("NOTIFY_SOCKET", host.notifySocket());
        }
        if (isMain && service.timeouts().watchdog().isPresent()) {
            long micros = service.timeouts().watchdog().get().toNanos() / 1000;
            all.put("WATCHDOG_USEC", Long.toString(micros));
        }
        main.ifPresent(pid -> all.put("MAINPID", Integer.toString(pid)));
        Handed handed = isMain ? host.triggers().handed(service).and(store.handed()) : Handed.NOTHING;
        all.putAll(handed.environment());
        return launcher.prepare(service, command, all, isMain, handed);
    }

    private void take(Launch launch, Consumer<Ending> whenEnded) throws StartFailure {
        int[] pid = new int[1];
        Child child = launcher.watch(launch, ending -> ended(pid[0], ending, whenEnded));
        pid[0] = child.pid();
        keep(child.pid(), child);
        newest = child.pid();
        areKnownGone = false;
        if (launch.isMain()) {
            main = Optional.of(child.pid());
            mainEnd = launch.end();
        }
    }

    /// Takes a process that was not started from here, such as a daemon, as the main one.
    void adoptMain(int pid, Consumer<Ending> whenEnded) throws OsException {
        Child known = children.get(pid);
        if (known == null) {
            keep(pid, Child.watch(host.loop(), pid, Optional.empty(), ending -> {
                host.beforeEnding().run();
                ended(pid, ending, whenEnded);
            }));
        }
        main = Optional.of(pid);
    }

    void save(Baton part) {
        part.put("invocation", invocation)
                .put("pids", children.keySet().stream().map(String::valueOf).toList())
                .put("ended", ended.stream().map(String::valueOf).toList())
                .put("known-gone", areKnownGone)
                .put("last-ended", lastEnded)
                .put("newest", newest)
                .put("groups", groups().saved())
                .put("temporary", launcher.folders().temporary().map(Path::toString));
        main.ifPresent(pid -> part.put("main", pid));
        store.save(part);
        killing.ifPresent(round -> part.add("killing")
                .put("all", round.concernsAll)
                .put("final", round.isFinal)
                .put("signal", round.signal.number())
                .put("hangup", round.hangup)
                .put("told", relativesAreTold));
    }

    /// @param mainEnded is told of the end of the main process; nobody waits for others
    void resume(Baton part, Consumer<Ending> mainEnded) {
        invocation = part.text("invocation", "");
        part.texts("ended").forEach(pid -> ended.add(Integer.parseInt(pid)));
        areKnownGone = part.is("known-gone");
        lastEnded = (int) part.number("last-ended", 0);
        newest = (int) part.number("newest", 0);
        groups().resume(part.texts("groups"));
        launcher.folders().resume(part.text("temporary"));
        store.resume(part);
        part.number("main").ifPresent(pid -> main = Optional.of((int) pid));
        for (String text : part.texts("pids")) {
            int pid = Integer.parseInt(text);
            boolean isMain = main.filter(current -> current == pid).isPresent();
            watchAgain(pid, isMain ? mainEnded : _ -> {});
        }
        part.parts("killing").stream().findFirst().ifPresent(this::goOnKilling);
    }

    /// Waits on for those that have got their signal.
    private void goOnKilling(Baton round) {
        killing = Optional.of(new KillRound(
                round.is("all"), round.is("final"), new Signal((int) round.number("signal", 0)), round.is("hangup")));
        relativesAreTold = round.is("told");
        host.loop().execute(this::checkGone);
    }

    private void watchAgain(int pid, Consumer<Ending> whenEnded) {
        Consumer<Ending> told = ending -> {
            host.deathWatch().remove(pid);
            host.beforeEnding().run();
            ended(pid, ending, whenEnded);
        };
        try {
            keep(pid, Child.watch(host.loop(), pid, host.captures().of(pid), told));
        } catch (OsException gone) {
            // Somebody else's child, which has ended meanwhile.
            host.loop().execute(() -> told.accept(new Ending.Exited(0)));
        }
    }

    private void keep(int pid, Child child) {
        children.put(pid, child);
        host.scans().claim(pid);
    }

    private void ended(int pid, Ending ending, Consumer<Ending> whenEnded) {
        lastEnded = pid;
        children.remove(pid);
        host.scans().forget(pid);
        ended.add(pid);
        mainHasEnded = main.filter(current -> current == pid).isPresent();
        if (mainHasEnded) {
            main = Optional.empty();
        }
        whenEnded.accept(ending);
        checkGone();
    }

    /// The process that ended last; 0 if none has.
    int lastEnded() {
        return lastEnded;
    }

    /// Whether that was the main process: one that had named another as the main one is not any more.
    boolean mainHasEnded() {
        return mainHasEnded;
    }

    /// The process that was started last; 0 if none was.
    int newest() {
        return newest;
    }

    Optional<Integer> main() {
        return main;
    }

    /// Whether the main process has become its program.
    boolean mainIsExecuted() {
        return main.filter(mainEnd::isReachedBy).isPresent();
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
        if (areKnownGone) {
            return List.of();
        }
        List<ProcessTable.Row> known = family().among(all);
        Set<Integer> grouped = groups().members();
        if (grouped.isEmpty()) {
            return known;
        }
        return all.stream()
                .filter(row -> known.contains(row) || (grouped.contains(row.pid()) && !row.isZombie()))
                .toList();
    }

    private Family family() {
        return new Family(
                children.keySet(),
                ended,
                host.scans().claimed(),
                "INVOCATION_ID=" + invocation,
                host.options().adoptsOrphans());
    }

    /// @return whether there is one
    boolean signalMain(int signal) {
        settle();
        main().ifPresent(pid -> Processes.signal(pid, signal));
        return main().isPresent();
    }

    /// Signals the command that is run around it.
    ///
    /// @return whether there is one
    boolean signalControl(int signal) {
        List<Integer> commands = children.keySet().stream()
                .filter(pid -> !main.equals(Optional.of(pid)))
                .toList();
        commands.forEach(pid -> Processes.signal(pid, signal));
        return !commands.isEmpty();
    }

    /// Signals every process of the service, also where there are none.
    boolean signalAll(int signal) {
        settle();
        among(ProcessTable.all()).forEach(row -> Processes.signal(row.pid(), signal));
        return true;
    }

    /// Sends the signals of a round, and waits until those it is for are gone.
    void kill(KillPolicy policy, Round round) {
        settle();
        Signal signal = switch (round) {
            case FIRST -> policy.signal();
            case FIRST_OF_RESTART -> policy.restartSignal();
            case ABORT -> policy.watchdogSignal();
            case FINAL -> policy.finalSignal();
        };
        boolean isFinal = round == Round.FINAL;
        boolean concernsAll = switch (policy.mode()) {
            case ALL -> true;
            case MIXED -> isFinal;
            case MAIN, NONE -> false;
        };
        killing = Optional.of(new KillRound(concernsAll, isFinal, signal, !isFinal && policy.hangupIsSent()));
        relativesAreTold = false;
        if (policy.mode() == KillPolicy.Mode.NONE) {
            finishKilling();
            return;
        }
        children.keySet().forEach(pid -> killing.get().send(pid));
        if (concernsAll && !areKnownGone) {
            awaitScan();
        } else {
            checkGone();
        }
    }

    private void awaitScan() {
        if (!isAwaitingScan) {
            isAwaitingScan = true;
            host.scans().next(rows -> {
                isAwaitingScan = false;
                scanned(rows);
            });
        }
    }

    /// Tells those that were not started from here, and ends the round where there are none.
    private void scanned(List<ProcessTable.Row> rows) {
        if (killing.isEmpty() || !killing.get().concernsAll()) {
            return;
        }
        KillRound round = killing.get();
        List<ProcessTable.Row> others = relatives(rows);
        // The final signal goes to what was forked while the others were killed, too.
        if (!relativesAreTold || round.isFinal()) {
            others.forEach(row -> round.send(row.pid()));
        }
        relativesAreTold = true;
        if (others.isEmpty() && children.isEmpty()) {
            finishKilling();
        }
    }

    /// Those that were not started from here; each is watched from now on.
    private List<ProcessTable.Row> relatives(List<ProcessTable.Row> rows) {
        List<ProcessTable.Row> others = among(rows).stream()
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
            awaitScan();
        }
    }

    private void checkGone() {
        if (killing.isEmpty() || !children.isEmpty()) {
            return;
        }
        if (killing.get().concernsAll() && !areKnownGone) {
            awaitScan();
        } else {
            finishKilling();
        }
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

    /// The daemons a forking service has left behind: processes that have no parent but the supervisor or init;
    /// the eldest first.
    List<Integer> leftBehind() {
        int self = (int) ProcessHandle.current().pid();
        return among(ProcessTable.all()).stream()
                .filter(row -> row.parent() == self || row.parent() == 1)
                .map(ProcessTable.Row::pid)
                .filter(pid -> !children.containsKey(pid))
                .sorted()
                .toList();
    }
}
