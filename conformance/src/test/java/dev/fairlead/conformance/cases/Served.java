package dev.fairlead.conformance.cases;

import java.nio.file.Path;
import java.util.List;

/// A program under test, as clients see it.
public interface Served {
    /// The port called `%PORT%`, `%PORT2%`, … by its number.
    int port(int number);

    /// Where certificates and keys are.
    Path keys();

    /// Whether the program writes Date and Server itself, so that they are left out of comparisons.
    default boolean hasOwnFields() {
        return true;
    }

    /// The lines that the program has sent to `%LOG%` since this was asked last, without what depends on the
    /// moment. Waits until there are as many as a case expects.
    default List<String> logged(int expected) {
        throw new UnsupportedOperationException("nothing is logged here");
    }

    /// Puts the placeholders back where its own ports and folders show.
    String generalised(String text);

    /// Puts its own ports and folders where placeholders stand.
    String specialised(String text);
}
