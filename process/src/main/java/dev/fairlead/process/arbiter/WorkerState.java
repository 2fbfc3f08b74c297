package dev.fairlead.process.arbiter;

/// How one worker stands. It only moves forward, and is forgotten when its process has ended.
///
/// @param number unique within the application
/// @param isUnwanted whether another is to take its place
/// @param isEarly whether it was ready before the zygote's word of the fork came: they take different ways
public record WorkerState(int number, Phase phase, boolean isUnwanted, boolean isEarly) {
    public enum Phase {
        /// The zygote was told to fork it.
        FORKING("forking"),
        /// There is a process, which loads the application.
        BOOTING("booting"),
        /// It waits for requests and answers the health check.
        READY("ready"),
        SERVING("serving"),
        /// It gets no new requests and finishes those it has.
        RETIRING("retiring"),
        /// It was told to end.
        ENDING("ending");

        private final String word;

        Phase(String word) {
            this.word = word;
        }

        public String word() {
            return word;
        }
    }

    static WorkerState forking(int number) {
        return new WorkerState(number, Phase.FORKING, false, false);
    }

    WorkerState phase(Phase next) {
        return new WorkerState(number, next, isUnwanted, isEarly);
    }

    WorkerState unwanted() {
        return new WorkerState(number, phase, true, isEarly);
    }

    WorkerState early() {
        return new WorkerState(number, phase, isUnwanted, true);
    }

    boolean is(Phase which) {
        return phase == which;
    }

    /// Whether it counts as one of those that are wanted.
    boolean isActive() {
        return !isUnwanted && phase != Phase.RETIRING && phase != Phase.ENDING;
    }
}
