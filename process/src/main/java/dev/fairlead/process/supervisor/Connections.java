package dev.fairlead.process.supervisor;

import dev.fairlead.model.service.socket.Activation;
import dev.fairlead.os.Descriptors;
import dev.fairlead.os.OsException;
import dev.fairlead.os.ServiceSockets;
import dev.fairlead.os.ServiceSockets.Ends;
import dev.fairlead.process.baton.Baton;
import dev.fairlead.process.supervisor.launch.Handed;
import dev.fairlead.process.supervisor.socket.OpenSocket;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/// Connections that are answered by an instance of a template each.
final class Connections {

    private final Host host;
    private final SocketRunner socket;
    private final Map<String, Connection> current = new HashMap<>();
    private long accepted;

    Connections(Host host, SocketRunner socket) {
        this.host = host;
        this.socket = socket;
    }

    /// @param source the sender's address, or the user at the other end of a unix socket
    private record Connection(int descriptor, String source, Optional<Ends> ends) {}

    /// Takes the next connection and starts an instance for it.
    void accept(OpenSocket listener, Activation.PerConnection each) {
        OptionalInt descriptor;
        try {
            descriptor = ServiceSockets.accept(listener.descriptor());
        } catch (OsException refused) {
            socket.fail("resources", "Failed to accept socket: " + refused.reason());
            return;
        }
        if (descriptor.isEmpty()) {
            return;
        }
        if (!socket.mayTrigger()) {
            Descriptors.close(descriptor.getAsInt());
            return;
        }
        Optional<Ends> ends = ServiceSockets.ends(descriptor.getAsInt());
        Connection connection = new Connection(
                descriptor.getAsInt(), ends.map(Connections::source).orElse(""), ends);
        Optional<String> obstacle = obstacle(connection, each);
        if (obstacle.isPresent()) {
            host.say(socket.name(), socket.name() + ": " + obstacle.get());
            Descriptors.close(connection.descriptor());
            return;
        }
        answer(connection, each);
    }

    private Optional<String> obstacle(Connection connection, Activation.PerConnection each) {
        if (current.size() >= each.most()) {
            return Optional.of("Too many incoming connections (" + current.size() + "), dropping connection.");
        }
        int most = each.mostPerSource() > 0 ? each.mostPerSource() : each.most();
        long same = current.values().stream()
                .filter(other -> other.source().equals(connection.source()))
                .count();
        return same >= most
                ? Optional.of("Too many incoming connections (" + same + ") from source " + connection.source()
                        + ", dropping connection.")
                : Optional.empty();
    }

    private void answer(Connection connection, Activation.PerConnection each) {
        String name = each.template().replace("@.", "@" + instance(connection) + ".");
        accepted++;
        current.put(name, connection);
        Optional<UnitRunner> runner = host.triggers().bringForOnce(name);
        if (runner.isEmpty()) {
            end(name);
            socket.fail(
                    "resources",
                    "Failed to queue service startup job (Maybe the service file is missing or not a template unit?): "
                            + name);
            return;
        }
        host.triggers().start(name);
    }

    /// systemd's name: a number, then both ends.
    private String instance(Connection connection) {
        Optional<Ends> ends = connection.ends();
        if (ends.isEmpty()) {
            return accepted + "-unknown";
        }
        if (ends.get().remote().isEmpty()) {
            return accepted + "-" + ends.get().pid() + "-" + ends.get().uid();
        }
        return accepted + "-" + text(ends.get().local().get()) + "-"
                + text(ends.get().remote().get());
    }

    private static String text(InetSocketAddress address) {
        return host(address.getAddress()) + ":" + address.getPort();
    }

    /// An address of IPv6 with its longest run of zeros left out.
    private static String host(InetAddress address) {
        if (address instanceof Inet4Address) {
            return address.getHostAddress();
        }
        String[] parts = address.getHostAddress().replaceFirst("%.*", "").split(":", -1);
        int bestStart = -1;
        int bestLength = 1;
        for (int i = 0; i < parts.length; i++) {
            int end = i;
            while (end < parts.length && parts[end].equals("0")) {
                end++;
            }
            if (end - i > bestLength) {
                bestStart = i;
                bestLength = end - i;
            }
            i = Math.max(i, end - 1);
        }
        List<String> all = List.of(parts);
        return bestStart < 0
                ? String.join(":", all)
                : String.join(":", all.subList(0, bestStart)) + "::"
                        + String.join(":", all.subList(bestStart + bestLength, parts.length));
    }

    private static String source(Ends ends) {
        return ends.remote().map(remote -> host(remote.getAddress())).orElse("user " + ends.uid());
    }

    boolean concern(String unit) {
        return current.containsKey(unit);
    }

    /// What the instance for a connection is given.
    Handed handed(String unit) {
        Connection connection = current.get(unit);
        if (connection == null) {
            return Handed.NOTHING;
        }
        Map<String, String> told = new LinkedHashMap<>();
        connection.ends().flatMap(Ends::remote).ifPresent(remote -> {
            told.put("REMOTE_ADDR", host(remote.getAddress()));
            told.put("REMOTE_PORT", Integer.toString(remote.getPort()));
        });
        return new Handed(
                List.of(connection.descriptor()), List.of(socket.unit().descriptorName()), told);
    }

    /// An instance that has ended lets its connection go.
    void moved(UnitRunner runner) {
        if (runner.isAtRest()) {
            end(runner.name());
        }
    }

    void save(Baton part) {
        part.put("accepted", accepted);
        current.forEach((unit, connection) -> part.add("connections")
                .put("unit", unit)
                .put("source", connection.source())
                .hand("connection", connection.descriptor()));
    }

    void resume(Baton part) {
        accepted = part.number("accepted", 0);
        for (Baton one : part.parts("connections")) {
            one.take("connection")
                    .ifPresent(descriptor -> current.put(
                            one.text("unit", ""),
                            new Connection(descriptor, one.text("source", ""), ServiceSockets.ends(descriptor))));
        }
    }

    private void end(String name) {
        Connection connection = current.remove(name);
        if (connection != null) {
            Descriptors.close(connection.descriptor());
        }
    }
}
