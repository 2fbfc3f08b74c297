package dev.fairlead.testkit;

/// What came over the wire is not the protocol that was expected there.
public final class WireFormatError extends AssertionError {
    private static final long serialVersionUID = 1;

    WireFormatError(String message) {
        super(message);
    }
}
