package dev.fairlead.worker;

import java.time.Duration;

/// How long answers of a worker that has further requests wait for others that are sent with them, and how long an
/// event loop with nothing else to do for it waits for them (docs/adr/0005).
public final class AnswerBatch {
    /// Whether workers and event loops have one processor between them, by the program's affinity or its container's
    /// limit: what one of them does for less than it costs to switch to it is better done together.
    public static final boolean SHARES_PROCESSOR = Runtime.getRuntime().availableProcessors() == 1;

    /// Twice as long on one processor, where nobody works for the worker meanwhile, as where a worker would run out of
    /// requests whose answers it keeps.
    public static final Duration LONGEST = Duration.ofMillis(SHARES_PROCESSOR ? 2 : 1);

    private AnswerBatch() {}
}
