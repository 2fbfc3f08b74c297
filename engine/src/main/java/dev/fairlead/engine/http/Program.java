package dev.fairlead.engine.http;

/// What this program calls itself to clients.
public final class Program {
    public static final String NAME = "fairlead";

    /// As in the Server field where the version may be told.
    public static final String NAME_AND_VERSION = "fairlead/" + version();

    private Program() {}

    private static String version() {
        String built = Program.class.getPackage().getImplementationVersion();
        return built == null ? "0.1.0" : built.replace("-SNAPSHOT", "");
    }
}
