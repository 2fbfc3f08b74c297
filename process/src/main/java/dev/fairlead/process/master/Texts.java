package dev.fairlead.process.master;

import java.time.Duration;
import java.util.Locale;

/// How messages say things.
final class Texts {
    private Texts() {}

    /// As `30 s` or `0.5 s`.
    static String seconds(Duration time) {
        return String.format(Locale.ROOT, "%s s", time.toMillis() / 1000.0).replace(".0 s", " s");
    }

    static String workers(int count) {
        return count + (count == 1 ? " worker" : " workers");
    }
}
