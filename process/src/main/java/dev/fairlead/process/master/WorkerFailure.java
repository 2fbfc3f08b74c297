package dev.fairlead.process.master;

/// What the Python side reports when something cannot be loaded, for people.
final class WorkerFailure {
    private WorkerFailure() {}

    /// @param stage by the protocol's names
    /// @param traceback may be blank
    static String text(String stage, String message, String traceback) {
        String what = switch (stage) {
            case "configuration" -> "the configuration file failed";
            case "import" -> "the application failed to load";
            default -> "it failed to start";
        };
        return what + ": " + message + (traceback.isBlank() ? "" : "\n" + traceback.strip());
    }
}
