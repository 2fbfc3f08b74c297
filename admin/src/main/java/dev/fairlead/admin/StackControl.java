package dev.fairlead.admin;

import dev.fairlead.model.control.Outcome;
import dev.fairlead.model.control.Question;
import dev.fairlead.model.control.StackCommand;
import dev.fairlead.model.status.LogLine;
import dev.fairlead.model.status.ManagerStatus;
import dev.fairlead.model.status.StackStatus;
import dev.fairlead.model.status.UnitView;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/// A running stack, as seen by those who watch and steer it. May be called from any thread, and may take its
/// time: never called on an event loop.
public interface StackControl {
    StackStatus status();

    /// Every unit that is known, as it is written and as it is.
    List<UnitView> unitViews();

    /// What the supervisor of its units has besides them.
    ManagerStatus manager();

    /// Carries it out and returns once that is done or has failed.
    Outcome perform(StackCommand command);

    /// Says what would become of a request at this moment, without sending one.
    ///
    /// @return done: all of the answer; failed: why the request does not get anywhere
    Outcome explain(Question question);

    /// Hands over captured lines, oldest first.
    ///
    /// @param unit only of this unit; empty: of all
    /// @param last at most as many of those there are already
    /// @param follow whether lines to come are handed over as well, until the returned handle is closed
    /// @return what ends following; already ended where nothing is followed
    Following logs(Optional<String> unit, int last, boolean follow, Consumer<LogLine> sink);

    /// Lines that are still being handed over.
    interface Following extends AutoCloseable {
        /// No more lines come after this returns. May be called more than once.
        @Override
        void close();
    }
}
