package dev.fairlead.cli.command;

/// A command line that cannot be understood, in a sentence for the person who typed it.
final class UsageFault extends Exception {
    private static final long serialVersionUID = 1L;

    UsageFault(String message) {
        super(message);
    }
}
