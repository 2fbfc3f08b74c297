package dev.fairlead.conformance.cases;

import java.nio.file.Path;

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

    /// Puts the placeholders back where its own ports and folders show.
    String generalised(String text);

    /// Puts its own ports and folders where placeholders stand.
    String specialised(String text);
}
