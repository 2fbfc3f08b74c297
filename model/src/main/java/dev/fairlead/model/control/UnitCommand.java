package dev.fairlead.model.control;

import dev.fairlead.model.service.JobMode;
import dev.fairlead.model.service.lifecycle.Signal;

/// What may be asked of a unit. `unit` is a full unit name, or one without its suffix where that is `.service`.
public sealed interface UnitCommand {
    String unit();

    record Start(String unit, JobMode mode) implements UnitCommand {
        public Start(String unit) {
            this(unit, JobMode.REPLACE);
        }
    }

    record Stop(String unit, JobMode mode) implements UnitCommand {
        public Stop(String unit) {
            this(unit, JobMode.REPLACE);
        }
    }

    /// Stops it if it runs, then starts it.
    record Restart(String unit, JobMode mode) implements UnitCommand {
        public Restart(String unit) {
            this(unit, JobMode.REPLACE);
        }
    }

    /// Asks the running service to read its configuration again.
    record Reload(String unit, JobMode mode) implements UnitCommand {
        public Reload(String unit) {
            this(unit, JobMode.REPLACE);
        }
    }

    /// Answered as soon as the other one is under way.
    record Begin(UnitCommand command) implements UnitCommand {
        @Override
        public String unit() {
            return command.unit();
        }
    }

    /// Forgets that it failed and how often it was started.
    record ResetFailed(String unit) implements UnitCommand {}

    /// Sends a signal to its processes.
    record Kill(String unit, Signal signal, Whom whom) implements UnitCommand {
        /// To all of them.
        public Kill(String unit, Signal signal) {
            this(unit, signal, Whom.ALL);
        }

        /// To which of them.
        public enum Whom {
            ALL,
            MAIN,
            /// The command that is run around it, such as to reload it.
            CONTROL
        }
    }
}
