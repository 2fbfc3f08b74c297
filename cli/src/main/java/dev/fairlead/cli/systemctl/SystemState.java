package dev.fairlead.cli.systemctl;

/// How all units together are.
final class SystemState {
    private SystemState() {}

    /// `starting` until everything that comes up with the stack has come up or failed, then `running`, or
    /// `degraded` where one has failed.
    static String of(RunningStack stack, Loaded loaded) throws Fault {
        if (!stack.hasSettled()) {
            return "starting";
        }
        boolean isDegraded =
                loaded.units().stream().anyMatch(unit -> unit.activity().equals("failed"));
        return isDegraded ? "degraded" : "running";
    }
}
