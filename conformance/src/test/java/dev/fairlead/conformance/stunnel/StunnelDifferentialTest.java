package dev.fairlead.conformance.stunnel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Every trial gives clients and servers the same to see with Debian's stunnel as with Fairlead.
final class StunnelDifferentialTest {
    private static Certs certs;

    @BeforeAll
    static void makeCertificates(@TempDir Path folder) throws IOException {
        boolean isThere = Stream.of("/usr/bin/stunnel4", "/usr/local/bin/stunnel4")
                .anyMatch(file -> Files.isExecutable(Path.of(file)));
        assumeTrue(isThere, "stunnel4 is not installed");
        certs = Certs.make(folder);
    }

    static List<Trial> trials() {
        return Stream.of(
                        ServerTrials.all(),
                        VerificationTrials.all(),
                        StatusTrials.all(),
                        ProgramTrials.all(),
                        ClientTrials.all(),
                        ProtocolTrials.all())
                .flatMap(List::stream)
                .toList();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("trials")
    void clientsAndServersSeeTheSame(Trial trial) throws IOException {
        Trial.Compared seen = trial.compare(Program.Theirs::stunnel, Program.Ours::stunnel, certs);
        assertThat(seen.ours()).as("Fairlead's, compared with stunnel's").isEqualTo(seen.theirs());
    }
}
