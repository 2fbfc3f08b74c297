package dev.fairlead.cli.control;

import dev.fairlead.process.baton.Baton;
import dev.fairlead.process.journal.Journal;
import dev.fairlead.process.journal.JournalLimits;
import dev.fairlead.time.Clock;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The folder in which stacks of a user keep what outlives them.
///
/// It is `$FAIRLEAD_STATE_DIR` where that is set, else `state` in `$FAIRLEAD_RUNTIME_DIR` where that is;
/// `/var/lib/fairlead` for root; `$XDG_STATE_HOME/fairlead` for others, or `~/.local/state/fairlead` without that
/// variable.
///
/// @param path where it is
public record StateFolder(Path path) {

    private static final Logger LOG = LoggerFactory.getLogger(StateFolder.class);
    private static final JournalLimits IN_MEMORY = new JournalLimits(2000, 0, 0);

    /// @param environment of this process
    /// @param uid of this process
    public static StateFolder of(Map<String, String> environment, int uid) {
        String set = environment.getOrDefault("FAIRLEAD_STATE_DIR", "");
        if (!set.isEmpty()) {
            return new StateFolder(Path.of(set).toAbsolutePath());
        }
        String runtime = environment.getOrDefault("FAIRLEAD_RUNTIME_DIR", "");
        if (!runtime.isEmpty()) {
            return new StateFolder(Path.of(runtime).toAbsolutePath().resolve("state"));
        }
        if (uid == 0) {
            return new StateFolder(Path.of("/var/lib/fairlead"));
        }
        String state = environment.getOrDefault("XDG_STATE_HOME", "");
        Path home = Path.of(environment.getOrDefault("HOME", "/"));
        return new StateFolder((state.isEmpty() ? home.resolve(".local/state") : Path.of(state)).resolve("fairlead"));
    }

    public static StateFolder current() {
        return of(System.getenv(), SocketFolder.uid());
    }

    /// Where all journals lie.
    public Path journals() {
        return path.resolve("journal");
    }

    /// Opens the journal of the stack that is read from a place. Where no files can be kept it is kept in
    /// memory, and the log says so: a stack that cannot write down what its units print is better than none.
    ///
    /// @param baton of an earlier program whose run goes on; empty for one that begins
    public Journal openJournal(Path location, Clock clock, Baton baton) {
        Path folder = journal(location);
        try {
            return Journal.open(folder, JournalLimits.DEFAULT, clock, baton);
        } catch (IOException refused) {
            LOG.warn("lines of units are not kept: {} cannot be written: {}", folder, refused.getMessage());
            Journal journal = Journal.inMemory(IN_MEMORY, clock);
            journal.resume(baton);
            return journal;
        }
    }

    /// The journal of the stack that is read from a place.
    public Path journal(Path location) {
        return journals().resolve(SocketFolder.keyOf(location));
    }
}
