package dev.fairlead.process.supervisor;

import dev.fairlead.model.service.Job;
import dev.fairlead.model.service.lifecycle.Signal;
import dev.fairlead.os.MasterLoop;
import dev.fairlead.os.ProcessTable;
import dev.fairlead.os.Processes;
import dev.fairlead.process.state.Ending;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// Finds out when a main process is up that says so by forking or by stopping itself. Nobody is traced: what
/// `/proc` shows is looked at again and again. A first process that ends has left the main one behind: the eldest
/// of its orphans that stays. One that does not end has it as its child, or as the child of that.
final class ForkWatch {
    private static final Duration PAUSE = Duration.ofMillis(20);
    private static final int LOOKS_AT_ORPHAN = 4;
    private static final int LOOKS_AT_CHILD = 40;
    private static final int LOOKS_FOR_ORPHAN = 10;
    private static final int LOOKS_BEFORE_WORD = 500;

    private final Job.Readiness readiness;
    private final int first;
    private final Host host;
    private final JobProcesses job;
    private Optional<Ending> ending = Optional.empty();
    private Optional<Integer> candidate = Optional.empty();
    private Optional<MasterLoop.Timer> timer = Optional.empty();
    private int looksAtCandidate;
    private int looks;
    private boolean isOver;

    private ForkWatch(Job.Readiness readiness, int first, Host host, JobProcesses job) {
        this.readiness = readiness;
        this.first = first;
        this.host = host;
        this.job = job;
    }

    /// Nothing for a process that is up at once.
    static Optional<ForkWatch> of(Job.Readiness readiness, int first, Host host, JobProcesses job) {
        if (readiness == Job.Readiness.AT_ONCE) {
            return Optional.empty();
        }
        ForkWatch watch = new ForkWatch(readiness, first, host, job);
        watch.lookAgain();
        return Optional.of(watch);
    }

    /// The first process has ended.
    ///
    /// @return whether another one may be the main one
    boolean takesEnd(int pid, Ending how) {
        boolean mayGoOn = !isOver && pid == first && readiness.forks() > 0 && how.equals(new Ending.Exited(0));
        if (mayGoOn) {
            ending = Optional.of(how);
            candidate = Optional.empty();
            looks = 0;
            look();
        }
        return mayGoOn;
    }

    void close() {
        isOver = true;
        timer.ifPresent(MasterLoop.Timer::cancel);
    }

    private void lookAgain() {
        timer.ifPresent(MasterLoop.Timer::cancel);
        timer = Optional.of(host.loop().schedule(PAUSE, this::look));
    }

    private void look() {
        if (isOver) {
            return;
        }
        looks++;
        if (readiness == Job.Readiness.STOPPED) {
            lookForStop();
        } else if (ending.isPresent()) {
            consider(job.leftBehind(), LOOKS_AT_ORPHAN);
            if (!isOver && candidate.isEmpty() && looks > LOOKS_FOR_ORPHAN) {
                close();
                job.say("main process (" + first
                        + ") ended without leaving a process behind, as \"expect\" says it does");
                job.nothingLeft(ending.get());
            }
        } else {
            consider(descendant(), LOOKS_AT_CHILD);
        }
        if (!isOver) {
            wonder();
            lookAgain();
        }
    }

    private void lookForStop() {
        if (ProcessTable.isStopped(first)) {
            Processes.signal(first, Signal.CONT.number());
            close();
            job.ready(first);
        }
    }

    /// The same one for so many looks is it.
    private void consider(Optional<Integer> found, int enough) {
        looksAtCandidate = found.equals(candidate) ? looksAtCandidate + 1 : 1;
        candidate = found;
        if (found.isPresent() && looksAtCandidate >= enough) {
            close();
            job.ready(found.get());
        }
    }

    /// The eldest child of the first process, or of that one's eldest child.
    private Optional<Integer> descendant() {
        List<ProcessTable.Row> all = ProcessTable.all();
        Optional<Integer> found = Optional.of(first);
        for (int fork = 0; fork < readiness.forks(); fork++) {
            found = found.flatMap(parent -> all.stream()
                    .filter(row -> row.parent() == parent && !row.isZombie())
                    .map(ProcessTable.Row::pid)
                    .min(Integer::compare));
        }
        return found;
    }

    private void wonder() {
        if (looks == LOOKS_BEFORE_WORD && ending.isEmpty()) {
            job.say(
                    readiness == Job.Readiness.STOPPED
                            ? "main process has not stopped itself, as \"expect stop\" says it does: still waiting"
                            : "main process has not forked, as \"expect\" says it does: still waiting");
        }
    }
}
