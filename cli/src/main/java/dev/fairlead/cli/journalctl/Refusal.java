package dev.fairlead.cli.journalctl;

/// What cannot be done, in the words it is told with.
final class Refusal extends Exception {
    private static final long serialVersionUID = 1L;

    Refusal(String message) {
        super(message);
    }
}
