package dev.fairlead.conformance;

import dev.fairlead.testkit.AnyCertificate;
import dev.fairlead.testkit.Wire;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;

/// A TLS client that takes any certificate, for tests that are about what is said inside.
public final class TrustingClient {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private TrustingClient() {}

    /// Connects to a port of this machine, which speaks TLS.
    @SuppressWarnings("resource") // closed with the wire
    public static Wire connect(int port) {
        try {
            return Wire.over(AnyCertificate.context().getSocketFactory().createSocket("localhost", port))
                    .patience(PATIENCE);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }
}
