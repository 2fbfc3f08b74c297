package dev.fairlead.admin;

import dev.fairlead.engine.generation.Engine;
import dev.fairlead.engine.stick.Entry;
import dev.fairlead.engine.stick.Table;
import dev.fairlead.model.control.ServerCommand;
import dev.fairlead.model.control.Switchboard;
import dev.fairlead.model.control.Switchboard.Server;
import dev.fairlead.model.control.Switchboard.Service;
import dev.fairlead.model.control.Switchboard.Switch;
import dev.fairlead.model.status.TrafficStatus;
import dev.fairlead.model.status.UpstreamStatus;
import dev.fairlead.model.upstream.Duty;
import dev.fairlead.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// A switchboard and what runs behind it, at one moment.
final class Board {
    private static final String CHANGED = "1";

    private final Switchboard layout;
    private final Engine engine;
    private final Clock clock;
    private final TrafficStatus status;

    Board(Switchboard layout, Engine engine, Clock clock) {
        this.layout = layout;
        this.engine = engine;
        this.clock = clock;
        this.status = engine.status();
    }

    /// A client that is bound to a server.
    ///
    /// @param server its number; that of the emergency server follows that of the last
    /// @param expires when it is forgotten unless it comes again
    record Session(String key, int server, Instant expires) {}

    Switchboard layout() {
        return layout;
    }

    Instant now() {
        return Instant.ofEpochMilli(clock.wallMillis());
    }

    boolean isOn(Switch power) {
        return power.initially() != engine.variables().value(power.variable()).equals(CHANGED);
    }

    /// What the engine knows of a server; empty if it has never been part of what runs.
    Optional<UpstreamStatus.Server> state(Server.Passing server) {
        return status.upstreams().stream()
                .filter(upstream -> upstream.name().equals(server.upstream()))
                .flatMap(upstream -> upstream.servers().stream())
                .filter(state -> state.name().equals(server.server()))
                .findFirst();
    }

    boolean isOn(Server.Passing server) {
        return state(server)
                .map(state -> switch (state.state()) {
                    case DOWN, DRAINING -> false;
                    case AVAILABLE, UNAVAILABLE, BACKUP, FAILING -> true;
                })
                .orElse(false);
    }

    boolean isAlive(Server.Passing server) {
        return state(server)
                .map(state -> switch (state.state()) {
                    case UNAVAILABLE, FAILING -> false;
                    case AVAILABLE, BACKUP, DOWN, DRAINING -> true;
                })
                .orElse(false);
    }

    List<Session> sessions(Service service) {
        List<Session> sessions = new ArrayList<>();
        table(service).ifPresent(table -> {
            List<String> names = names(service);
            long now = table.nowMillis();
            table.present().forEach((key, entry) -> {
                int number = names.indexOf(entry.server());
                if (number >= 0) {
                    sessions.add(new Session(key, number, now().plusMillis(entry.leftMillis(now))));
                }
            });
        });
        return sessions;
    }

    private Optional<Table> table(Service service) {
        return service.table()
                .flatMap(name -> engine.tables().all().stream()
                        .filter(table -> table.description().name().equals(name))
                        .findFirst());
    }

    /// Servers by number; no name for those that pass nothing on.
    private static List<String> names(Service service) {
        List<String> names = new ArrayList<>();
        service.servers().forEach(server -> names.add(name(server)));
        service.emergency().ifPresent(server -> names.add(name(server)));
        return names;
    }

    private static String name(Server server) {
        return server instanceof Server.Passing passing ? passing.server() : "/";
    }

    /// Switches something on or off.
    ///
    /// @return whether that could be done
    boolean turn(BoardPlace place, boolean on) {
        return switch (place) {
            case BoardPlace.Everything() -> false;
            case BoardPlace.OfFront(Switchboard.Front front) -> turn(front.power(), on);
            case BoardPlace.OfService(Service service) -> turn(service.power(), on);
            case BoardPlace.OfServer(Service service, Server server) ->
                server instanceof Server.Passing passing && turn(passing, on);
        };
    }

    private boolean turn(Switch power, boolean on) {
        engine.variables().set(power.variable(), on == power.initially() ? "" : CHANGED);
        return true;
    }

    /// A server that is off goes on with the clients that are bound to it.
    private boolean turn(Server.Passing server, boolean on) {
        Duty duty = on ? Duty.READY : Duty.DRAIN;
        return engine.tell(server.upstream(), server.server(), new ServerCommand.SetDuty(duty))
                .succeeded();
    }

    /// Binds a client to a server.
    boolean bind(Service service, Server server, String key) {
        Optional<Entry> entry = table(service).map(table -> table.use(key));
        if (entry.isEmpty() || !(server instanceof Server.Passing passing)) {
            return false;
        }
        entry.get().server(passing.server());
        return true;
    }

    /// Forgets a client.
    ///
    /// @return false if it was not known
    boolean forget(Service service, String key) {
        Optional<Table> table = table(service).filter(found -> found.find(key) != null);
        return table.isPresent() && table.get().remove(key);
    }
}
