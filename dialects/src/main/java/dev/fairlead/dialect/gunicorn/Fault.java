package dev.fairlead.dialect.gunicorn;

/// Something about the settings that keeps the program from starting.
public final class Fault extends Exception {
    private static final long serialVersionUID = 1L;

    private final int status;

    /// @param status the exit status gunicorn has for it: 2 for the command line, 1 for a value
    Fault(int status, String message) {
        super(message);
        this.status = status;
    }

    public int status() {
        return status;
    }

    /// What is wrong, without what gunicorn puts before it.
    public String reason() {
        return getMessage().replaceFirst("(?s)^usage: .*?\n", "").replaceFirst("^(gunicorn: )?[Ee]rror: ", "");
    }

    @Override
    public String getMessage() {
        return String.valueOf(super.getMessage());
    }
}
