package dev.fairlead.dialect;

import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/// What is claimed of the golden configurations of every dialect that has such a folder.
public interface GoldenTests<P> {
    GoldenFolder<P> folder();

    /// What a plan comes to, as the files of good configurations show it.
    String summary(P plan);

    @TestFactory
    default List<DynamicTest> brokenConfigurationsAreExplained() {
        return folder().broken();
    }

    @TestFactory
    default List<DynamicTest> goodConfigurationsBecomePlans() {
        return folder().good(this::summary);
    }

    @Test
    default void aTextThatBreaksOffAnywhereIsDiagnosedAndNeverThrows() throws IOException {
        folder().compileBeginnings();
    }
}
