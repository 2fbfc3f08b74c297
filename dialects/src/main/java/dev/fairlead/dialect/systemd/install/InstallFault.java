package dev.fairlead.dialect.systemd.install;

/// Why a unit's file could not be found or followed.
public final class InstallFault extends Exception {
    private static final long serialVersionUID = 1L;

    private final Cause cause;

    InstallFault(Cause cause) {
        super(cause.text());
        this.cause = cause;
    }

    public Cause reason() {
        return cause;
    }

    /// In the words of the C library, which scripts know.
    public enum Cause {
        MISSING("No such file or directory"),
        DANGLING("Link has been severed"),
        LOOP("Too many levels of symbolic links"),
        INVALID("Invalid argument"),
        MASKED("Key was rejected by service"),
        TRANSIENT("Address not available"),
        UNREADABLE("Permission denied");

        private final String text;

        Cause(String text) {
            this.text = text;
        }

        public String text() {
            return text;
        }
    }
}
