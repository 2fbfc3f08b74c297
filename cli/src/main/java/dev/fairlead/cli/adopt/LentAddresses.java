package dev.fairlead.cli.adopt;

import dev.fairlead.model.net.SocketFile;
import dev.fairlead.model.service.SocketUnit;
import dev.fairlead.model.service.UnitSet;
import dev.fairlead.model.service.socket.Activation;
import dev.fairlead.model.service.socket.ListenPoint;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/// Where a socket unit would listen for gunicorn. gunicorn listens at sockets that it is given and at no other
/// address, and so does an application that stands for it.
///
/// @param listen as nginx's `listen` takes them
record LentAddresses(SocketUnit unit, List<String> listen) {
    LentAddresses {
        listen = List.copyOf(listen);
    }

    /// @param service its full name
    /// @param started the names of units that come up
    static Optional<LentAddresses> of(String service, UnitSet units, Set<String> started) {
        return units.units().stream()
                .filter(SocketUnit.class::isInstance)
                .map(SocketUnit.class::cast)
                .filter(socket -> started.contains(socket.name()))
                .filter(socket -> socket.activation() instanceof Activation.OneService one
                        && one.service().equals(service))
                .map(socket -> new LentAddresses(socket, addresses(socket)))
                .filter(lent -> !lent.listen().isEmpty())
                .findFirst();
    }

    private static List<String> addresses(SocketUnit socket) {
        List<String> addresses = new ArrayList<>();
        for (ListenPoint point : socket.listens()) {
            switch (point) {
                case ListenPoint.Inet inet
                when inet.kind() == ListenPoint.Kind.STREAM -> {
                    addresses.add(inet.host().isPresent() ? inet.text() : "0.0.0.0:" + inet.port());
                    if (inet.host().isEmpty()) {
                        addresses.add("[::]:" + inet.port());
                    }
                }
                case ListenPoint.UnixPath unix
                when unix.kind() == ListenPoint.Kind.STREAM -> addresses.add("unix:" + unix.path());
                default -> {}
            }
        }
        return addresses;
    }

    /// Who may connect to files among them.
    SocketFile file() {
        return new SocketFile(
                OptionalInt.of(unit.files().mode()),
                unit.files().owner().map(named -> named.name()),
                unit.files().group().map(named -> named.name()));
    }
}
