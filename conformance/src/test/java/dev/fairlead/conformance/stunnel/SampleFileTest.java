package dev.fairlead.conformance.stunnel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.fairlead.dialect.stunnel.Compiled;
import dev.fairlead.dialect.stunnel.StunnelDialect;
import dev.fairlead.dialect.stunnel.StunnelOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The sample configuration that comes with Debian's stunnel4: as it is, and with what is commented out in it.
final class SampleFileTest {
    private static final Path SAMPLE = Path.of("/usr/share/doc/stunnel4/examples/stunnel.conf-sample");

    @TempDir
    private Path folder;

    @BeforeEach
    void needsTheSample() {
        assumeTrue(Files.isReadable(SAMPLE), "stunnel4's examples are not installed");
    }

    @Test
    void itIsTakenAsItIs() throws IOException {
        assertThat(compile(Files.readString(SAMPLE)).diagnostics()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"pop3s", "imaps", "ssmtp", "https", "mysql"})
    void itsServicesAreTaken(String service) throws IOException {
        Compiled compiled = compile(with(service));
        assertThat(compiled.diagnostics()).isEmpty();
        assertThat(compiled.plan().orElseThrow().stream().listeners()).hasSize(4);
    }

    @Test
    void itsShellNeedsACertificateInPlaceOfKeysAgreedOnBeforehand() throws IOException {
        String shell = with("shell");
        assertThat(compile(shell).diagnostics()).singleElement().asString().contains("\"PSKsecrets\" is not supported");
        String secured = shell.replaceFirst("(?m)^PSKsecrets = .*$", "cert = /etc/stunnel/stunnel.pem");
        assertThat(compile(secured).diagnostics()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "foreground = yes",
                "debug = info",
                "output = /var/log/stunnel.log",
                "pid = /var/run/stunnel.pid",
                "options = -NO_SSLv3"
            })
    void itsOptionsAreTaken(String option) throws IOException {
        String text = Files.readString(SAMPLE);
        assertThat(text).contains("\n;" + option + "\n");
        assertThat(compile(text.replace("\n;" + option + "\n", "\n" + option + "\n"))
                        .diagnostics())
                .isEmpty();
    }

    /// The sample with one of the services that are commented out.
    private static String with(String service) throws IOException {
        StringBuilder text = new StringBuilder();
        boolean isIt = false;
        for (String line : Files.readAllLines(SAMPLE)) {
            if (line.startsWith(";[")) {
                isIt = line.equals(";[" + service + "]");
            }
            boolean isWords = line.startsWith("; ") || !line.startsWith(";");
            text.append(isIt && !isWords ? line.substring(1) : line).append('\n');
        }
        return text.toString();
    }

    private Compiled compile(String text) throws IOException {
        return StunnelDialect.compile(Files.writeString(folder.resolve("stunnel.conf"), text), StunnelOptions.here());
    }
}
