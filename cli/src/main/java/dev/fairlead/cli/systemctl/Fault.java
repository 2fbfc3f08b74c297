package dev.fairlead.cli.systemctl;

/// What cannot be done, in the words it is told with; the program then ends with status 1.
final class Fault extends Exception {
    private static final long serialVersionUID = 1L;

    private final int status;

    Fault(String message) {
        this(message, 1);
    }

    Fault(String message, int status) {
        super(message);
        this.status = status;
    }

    int status() {
        return status;
    }
}
