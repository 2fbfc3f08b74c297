package dev.fairlead.process.supervisor.launch;

import dev.fairlead.source.Span;

/// A process could not be started. The status is the one systemd would have its child exit with (`man
/// systemd.exec`).
public final class StartFailure extends Exception {
    private static final long serialVersionUID = 1L;
    public static final int CHDIR = 200;
    public static final int EXEC = 203;
    static final int STDIN = 208;
    public static final int STDOUT = 209;
    public static final int CHROOT = 210;
    static final int NAMESPACE = 226;
    /// Not a status of systemd: its environment files are read before there is a child.
    public static final int ENVIRONMENT = 255;

    private final int status;

    public StartFailure(int status, String message, Span origin) {
        super(message + " [" + origin.fileAndLine() + "]");
        this.status = status;
    }

    public int status() {
        return status;
    }
}
