package dev.fairlead.engine.route;

/// A fault of this program in one line, for the error log.
final class Faults {
    private Faults() {}

    static String describe(Throwable fault) {
        StackTraceElement[] trace = fault.getStackTrace();
        String where = trace.length == 0 ? "" : " at " + trace[0] + (trace.length > 1 ? " from " + trace[1] : "");
        return fault + where;
    }
}
