package dev.fairlead.cli.run;

import dev.fairlead.os.Descriptors;
import dev.fairlead.os.MemoryFile;
import dev.fairlead.os.OsException;
import dev.fairlead.os.Processes;
import dev.fairlead.process.baton.Baton;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// How one program of this process hands over to the next: in a file that lies in memory, whose descriptor a
/// variable names, along with the process it is meant for.
final class Relay {
    private static final String VARIABLE = "FAIRLEAD_BATON";
    private static final String VERSION = "version";
    /// Which form a baton has. Names that are added do not change it; only another meaning of a name does.
    private static final int PRESENT = 1;

    private Relay() {}

    /// What the program before this one has handed over; empty if there was none.
    ///
    /// @throws IOException if it cannot be read
    static Baton received() throws IOException {
        String[] words = System.getenv().getOrDefault(VARIABLE, "").split(":", -1);
        boolean isMeant = words.length == 2
                && words[0].equals(Long.toString(ProcessHandle.current().pid()));
        if (!isMeant) {
            return new Baton();
        }
        int descriptor = Integer.parseInt(words[1]);
        Baton baton = Baton.of(MemoryFile.read(descriptor));
        Descriptors.close(descriptor);
        if (baton.number(VERSION, 0) != PRESENT) {
            throw new IOException("the program before this one has handed over what this one does not understand");
        }
        return baton;
    }

    /// Whether a program before this one has handed something over.
    static boolean isGoingOn(Baton baton) {
        return baton.number(VERSION).isPresent();
    }

    /// Becomes the next program, with exactly those descriptors that the baton has.
    ///
    /// @param told variables that it gets besides its own
    /// @return why it did not
    static OsException handOver(NextProgram next, Baton baton, Map<String, String> told) {
        try {
            baton.put(VERSION, PRESENT);
            int descriptor = MemoryFile.holding("fairlead-baton", baton.bytes());
            List<Integer> kept = new ArrayList<>(baton.descriptors());
            kept.add(descriptor);
            Descriptors.keptOnExec(kept);
            String value = ProcessHandle.current().pid() + ":" + descriptor;
            // Sockets that were lent at the start are in the baton.
            Map<String, String> variables = new HashMap<>(told);
            variables.putAll(Map.of(VARIABLE, value, "LISTEN_PID", "", "LISTEN_FDS", "", "LISTEN_FDNAMES", ""));
            List<String> environment = Relaunch.environment(variables);
            OsException refused = Processes.become(next.command().getFirst(), next.command(), environment);
            Descriptors.close(descriptor);
            Descriptors.keptOnExec(List.of());
            return refused;
        } catch (OsException refused) {
            return refused;
        }
    }
}
