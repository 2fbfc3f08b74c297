package dev.fairlead.process.supervisor;

import dev.fairlead.model.service.Service;
import dev.fairlead.model.service.lifecycle.Signal;
import dev.fairlead.process.state.Ending;
import dev.fairlead.process.state.Phase;
import dev.fairlead.process.state.ServiceState;
import dev.fairlead.process.supervisor.launch.StartFailure;
import java.util.Optional;

/// What is said about services, in the words people know from systemd's log.
final class Messages {
    private Messages() {}

    /// What entering a phase is worth saying; empty: nothing.
    static Optional<String> entered(Service service, Phase before, ServiceState state) {
        String name = service.name();
        return switch (state.phase()) {
            case RUNNING, EXITED ->
                before == Phase.RELOAD
                        ? Optional.of("Reloaded " + service.description() + ".")
                        : Optional.of("Started " + service.description() + ".");
            case RELOAD -> Optional.of("Reloading " + service.description() + "...");
            case FAILED ->
                Optional.of(name + ": Failed with result '" + state.result().word() + "'. ["
                        + service.origin().fileAndLine() + "]");
            case INACTIVE -> Optional.of(ended(service, state));
            case AUTO_RESTART ->
                state.result().isFailure()
                        ? Optional.of(
                                name + ": Failed with result '" + state.result().word() + "'.")
                        : Optional.of(name + ": Deactivated successfully.");
            case CONDITION, START_PRE, START ->
                isStarting(before) ? Optional.empty() : Optional.of("Starting " + service.description() + "...");
            case STOP, STOP_SIGTERM ->
                state.staysDown() && (before == Phase.RUNNING || before == Phase.EXITED)
                        ? Optional.of("Stopping " + service.description() + "...")
                        : Optional.empty();
            case START_POST, STOP_WATCHDOG, STOP_SIGKILL, STOP_POST, FINAL_WATCHDOG, FINAL_SIGTERM, FINAL_SIGKILL ->
                Optional.empty();
        };
    }

    private static boolean isStarting(Phase phase) {
        return phase == Phase.CONDITION || phase == Phase.START_PRE;
    }

    private static String ended(Service service, ServiceState state) {
        return switch (state.result()) {
            case SKIPPED -> service.name() + ": Skipped due to 'exec-condition'.";
            case SUCCESS,
                    RESOURCES,
                    PROTOCOL,
                    TIMEOUT,
                    EXIT_CODE,
                    SIGNAL,
                    CORE_DUMP,
                    WATCHDOG,
                    START_LIMIT_HIT,
                    OOM_KILL -> service.name() + ": Deactivated successfully.";
        };
    }

    static String ending(String unit, String whose, Ending ending) {
        return unit + ": " + whose + " process exited, " + describe(ending);
    }

    static String describe(Ending ending) {
        return switch (ending) {
            case Ending.Exited exited -> "code=exited, status=" + exited.code() + "/" + statusName(exited.code());
            case Ending.Killed killed ->
                "code=" + (killed.dumpedCore() ? "dumped" : "killed") + ", status=" + killed.signal() + "/"
                        + new Signal(killed.signal()).shortName();
        };
    }

    private static String statusName(int code) {
        return switch (code) {
            case 0 -> "SUCCESS";
            case 1 -> "FAILURE";
            case StartFailure.CHDIR -> "CHDIR";
            case StartFailure.EXEC -> "EXEC";
            case StartFailure.STDOUT -> "STDOUT";
            case StartFailure.CHROOT -> "CHROOT";
            default -> "n/a";
        };
    }
}
