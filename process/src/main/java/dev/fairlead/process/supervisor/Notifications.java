package dev.fairlead.process.supervisor;

import dev.fairlead.os.NotifySocket;
import dev.fairlead.os.OsException;
import dev.fairlead.process.state.Event;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Takes what services report about themselves to the one whose process reported it, if it may.
final class Notifications {
    private static final Logger LOG = LoggerFactory.getLogger(Notifications.class);

    private final NotifySocket socket;
    private final Graph graph;

    Notifications(NotifySocket socket, Graph graph) {
        this.socket = socket;
        this.graph = graph;
    }

    /// Everything that has arrived.
    void read() {
        try {
            for (Optional<NotifySocket.Message> message = socket.receive();
                    message.isPresent();
                    message = socket.receive()) {
                deliver(message.get());
            }
        } catch (OsException broken) {
            LOG.error("reports of services cannot be read", broken);
        }
    }

    private void deliver(NotifySocket.Message message) {
        for (UnitRunner runner : graph.runners()) {
            if (runner instanceof ServiceRunner service && mayReport(service, message.pid())) {
                message.text().lines().forEach(line -> apply(service, line));
                return;
            }
        }
    }

    private static boolean mayReport(ServiceRunner service, int pid) {
        return switch (service.service().notifyAccess()) {
            case NONE -> false;
            case MAIN -> service.processes().main().filter(main -> main == pid).isPresent();
            case EXEC -> service.processes().owns(pid);
            case ALL -> service.processes().owns(pid) || service.processes().isRelated(pid);
        };
    }

    private static void apply(ServiceRunner service, String line) {
        int equals = line.indexOf('=');
        String value = line.substring(equals + 1);
        switch (equals < 0 ? "" : line.substring(0, equals)) {
            case "READY" -> {
                if (value.equals("1")) {
                    service.handle(new Event.Ready());
                }
            }
            case "STATUS" -> service.says(value);
            case "MAINPID" -> mainPid(service, value);
            default -> LOG.trace("{}: {} is left aside", service.name(), line);
        }
    }

    private static void mainPid(ServiceRunner service, String value) {
        try {
            int pid = Integer.parseInt(value);
            boolean isNew =
                    service.processes().main().filter(main -> main == pid).isEmpty();
            if (isNew && service.processes().isRelated(pid)) {
                service.adoptMain(pid);
            }
        } catch (NumberFormatException noNumber) {
            LOG.debug("{}: MAINPID={} is no process id", service.name(), value);
        }
    }
}
