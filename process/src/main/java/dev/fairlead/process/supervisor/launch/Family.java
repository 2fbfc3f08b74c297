package dev.fairlead.process.supervisor.launch;

import dev.fairlead.os.ProcessTable;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// Finds the processes that belong to a service, where there is no control group to ask: those that were
/// started for it, their descendants, those in a session one of them leads, and orphans whose environment
/// carries its invocation id.
///
/// @param living processes started for the service that have not ended
/// @param ended those that have: their sessions may live on, but their numbers may be somebody else's by now
/// @param claimed processes of which it is known whose they are: to ask each of them would take long
/// @param invocation the `INVOCATION_ID=…` they were started with
/// @param orphansComeHere whether this process adopts orphans, so that those of init need not be looked at
public record Family(
        Set<Integer> living, Set<Integer> ended, Set<Integer> claimed, String invocation, boolean orphansComeHere) {
    private static final int SELF = (int) ProcessHandle.current().pid();

    /// Its members among all processes.
    public List<ProcessTable.Row> among(List<ProcessTable.Row> all) {
        Set<Integer> known = new HashSet<>();
        List<ProcessTable.Row> members = new ArrayList<>();
        boolean grew = true;
        while (grew) {
            grew = false;
            for (ProcessTable.Row row : all) {
                if (!row.isZombie() && row.pid() != SELF && !known.contains(row.pid()) && holds(row, known)) {
                    known.add(row.pid());
                    members.add(row);
                    grew = true;
                }
            }
        }
        return members;
    }

    private boolean holds(ProcessTable.Row row, Set<Integer> known) {
        if (living.contains(row.pid()) || living.contains(row.session()) || known.contains(row.parent())) {
            return true;
        }
        boolean mayBelong =
                row.parent() == SELF || (!orphansComeHere && row.parent() == 1) || ended.contains(row.session());
        return mayBelong && !claimed.contains(row.pid()) && row.environment().holds(invocation);
    }
}
