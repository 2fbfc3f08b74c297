package dev.fairlead.process.supervisor.launch;

import dev.fairlead.os.MasterLoop;
import dev.fairlead.os.ProcessTable;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/// Looks at all processes of the machine once for everybody who asked in the same turn of the loop, after they
/// asked: where many services end at once, each looking for itself would take long.
public final class Scans {
    private final MasterLoop loop;
    private final Set<Integer> claimed = new HashSet<>();
    private List<Consumer<List<ProcessTable.Row>>> waiting = new ArrayList<>();

    public Scans(MasterLoop loop) {
        this.loop = loop;
    }

    /// A process is known to be of one service: no other need ask whose it is.
    public void claim(int pid) {
        claimed.add(pid);
    }

    /// It has ended.
    public void forget(int pid) {
        claimed.remove(pid);
    }

    /// Processes whose service is known.
    public Set<Integer> claimed() {
        return claimed;
    }

    /// @param taken gets what there is a moment later
    public void next(Consumer<List<ProcessTable.Row>> taken) {
        if (waiting.isEmpty()) {
            loop.execute(this::scan);
        }
        waiting.add(taken);
    }

    private void scan() {
        List<Consumer<List<ProcessTable.Row>>> all = waiting;
        waiting = new ArrayList<>();
        List<ProcessTable.Row> rows = ProcessTable.all();
        all.forEach(one -> one.accept(rows));
    }
}
