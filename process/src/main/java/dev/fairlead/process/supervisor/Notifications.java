package dev.fairlead.process.supervisor;

import dev.fairlead.os.Descriptors;
import dev.fairlead.os.NotifySocket;
import dev.fairlead.os.OsException;
import dev.fairlead.process.supervisor.launch.Spawner;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Takes what services report about themselves to the one whose process reported it, if it may.
final class Notifications {
    private static final Set<String> STATES = Set.of("READY", "RELOADING", "STOPPING");
    private static final Logger LOG = LoggerFactory.getLogger(Notifications.class);

    private final NotifySocket socket;
    private final Graph graph;
    private final Spawner spawner;

    Notifications(NotifySocket socket, Graph graph, Spawner spawner) {
        this.socket = socket;
        this.graph = graph;
        this.spawner = spawner;
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
        Optional<ServiceRunner> sender = sender(message.pid());
        if (sender.isEmpty() && spawner.isBusy()) {
            // It may be of a process that was quicker than the word that it is there.
            spawner.settle();
            sender = sender(message.pid());
        }
        if (sender.isEmpty()) {
            message.descriptors().forEach(Descriptors::close);
            return;
        }
        // A process that its kin are known by may be quicker, too.
        sender.get().processes().settle();
        Map<String, String> fields = new LinkedHashMap<>();
        message.text().lines().filter(line -> line.contains("=")).forEach(line -> {
            String name = line.substring(0, line.indexOf('='));
            fields.remove(name);
            fields.put(name, line.substring(name.length() + 1));
        });
        sender.get().reports().take(fields, state(fields), message.descriptors());
    }

    private Optional<ServiceRunner> sender(int pid) {
        return graph.runners().stream()
                .filter(runner -> runner instanceof ServiceRunner service && mayReport(service, pid))
                .map(ServiceRunner.class::cast)
                .findFirst();
    }

    /// The last of those that cannot be true together.
    private static Optional<String> state(Map<String, String> fields) {
        return fields.entrySet().stream()
                .filter(field ->
                        STATES.contains(field.getKey()) && field.getValue().equals("1"))
                .map(Map.Entry::getKey)
                .reduce((first, second) -> second);
    }

    private static boolean mayReport(ServiceRunner service, int pid) {
        return switch (service.service().notifyAccess()) {
            case NONE -> false;
            case MAIN -> service.processes().main().filter(main -> main == pid).isPresent();
            case EXEC -> service.processes().owns(pid);
            case ALL -> service.processes().owns(pid) || service.processes().isRelated(pid);
        };
    }
}
