package dev.fairlead.cli.run;

import dev.fairlead.dialect.Glob;
import dev.fairlead.engine.generation.Engine;
import dev.fairlead.model.control.Outcome;
import dev.fairlead.model.control.ServerCommand;
import dev.fairlead.model.control.UnitCommand;
import dev.fairlead.model.status.UnitStatus;
import dev.fairlead.model.status.UnitStatus.Activity;
import dev.fairlead.model.status.UpstreamStatus;
import dev.fairlead.model.upstream.Duty;
import dev.fairlead.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.function.Supplier;

/// Restarts units one after the other while the rest goes on serving: each is taken out of the upstreams that
/// name an address it listens on, finishes what it works on, is restarted, has to take connections, and is put
/// back. The first that does not come up stops it, and stays out.
///
/// @param units what they are doing now
/// @param restart restarts one and returns once that is done or has failed
record RollingRestart(
        Engine engine, Supplier<List<UnitStatus>> units, Function<UnitCommand, Outcome> restart, Clock clock) {
    private static final Duration FINISHED_WITHIN = Duration.ofSeconds(60);
    private static final Duration READY_WITHIN = Duration.ofSeconds(60);
    private static final Duration LOOK_AGAIN = Duration.ofMillis(20);

    /// A server of an upstream.
    private record Place(String upstream, String server) {}

    /// @param pattern of the names of units; those that are up are restarted
    Outcome run(String pattern) {
        List<String> names = units.get().stream()
                .filter(unit -> unit.activity() == Activity.ACTIVE)
                .map(UnitStatus::name)
                .filter(name -> Glob.matches(pattern, name) || Glob.matches(pattern + ".service", name))
                .toList();
        if (names.isEmpty()) {
            return new Outcome.Unknown("no unit that is active matches " + pattern);
        }
        List<String> done = new ArrayList<>();
        for (String name : names) {
            Optional<String> failure = one(name);
            if (failure.isPresent()) {
                List<String> left = names.subList(done.size() + 1, names.size());
                return new Outcome.Failed(name + ": " + failure.get() + "\nthe roll stops here"
                        + (done.isEmpty() ? "" : "; restarted: " + String.join(", ", done))
                        + (left.isEmpty() ? "" : "; as they were: " + String.join(", ", left)));
            }
            done.add(name);
        }
        return new Outcome.Done("restarted one after the other: " + String.join(", ", done));
    }

    /// @return why it is not back
    private Optional<String> one(String name) {
        Set<Integer> ports =
                mainPid(name).isPresent() ? ListeningPorts.of(mainPid(name).getAsInt()) : Set.of();
        List<Place> places = places(ports);
        places.forEach(place -> tell(place, Duty.MAINTENANCE));
        await(FINISHED_WITHIN, () -> places.stream().allMatch(this::isIdle));
        Outcome outcome = restart.apply(new UnitCommand.Restart(name));
        if (!outcome.succeeded()) {
            return Optional.of(outcome.message());
        }
        boolean[] isDown = {false};
        boolean isReady = await(READY_WITHIN, () -> {
            isDown[0] = activity(name) == Activity.FAILED || activity(name) == Activity.INACTIVE;
            return isDown[0] || ports.stream().allMatch(ListeningPorts::takesConnections);
        });
        if (!isReady || isDown[0] || activity(name) != Activity.ACTIVE) {
            return Optional.of("it does not come up (see fairlead logs " + name + ")");
        }
        places.forEach(place -> tell(place, Duty.READY));
        return Optional.empty();
    }

    private OptionalInt mainPid(String name) {
        return units.get().stream()
                .filter(unit -> unit.name().equals(name))
                .findFirst()
                .map(UnitStatus::mainPid)
                .orElse(OptionalInt.empty());
    }

    private Activity activity(String name) {
        return units.get().stream()
                .filter(unit -> unit.name().equals(name))
                .findFirst()
                .map(UnitStatus::activity)
                .orElse(Activity.INACTIVE);
    }

    /// Servers of this machine with one of the ports, where another server is there to take over.
    private List<Place> places(Set<Integer> ports) {
        List<Place> places = new ArrayList<>();
        for (UpstreamStatus upstream : engine.status().upstreams()) {
            for (UpstreamStatus.Server server : upstream.servers()) {
                boolean hasOther = upstream.servers().stream()
                        .anyMatch(other -> !other.address().equals(server.address())
                                && other.state() != UpstreamStatus.State.DOWN
                                && other.state() != UpstreamStatus.State.FAILING);
                if (hasOther && ports.stream().anyMatch(port -> isHere(server.address(), port))) {
                    places.add(new Place(upstream.name(), server.name()));
                }
            }
        }
        return places;
    }

    private static boolean isHere(String address, int port) {
        return address.matches("(127\\.[0-9.]+|localhost|\\[::1\\]):" + port);
    }

    private void tell(Place place, Duty duty) {
        engine.tell(place.upstream(), place.server(), new ServerCommand.SetDuty(duty));
    }

    private boolean isIdle(Place place) {
        return engine.status().upstreams().stream()
                .filter(upstream -> upstream.name().equals(place.upstream()))
                .flatMap(upstream -> upstream.servers().stream())
                .filter(server -> server.name().equals(place.server()))
                .allMatch(server -> server.active() == 0);
    }

    private boolean await(Duration longest, BooleanSupplier condition) {
        long until = clock.monotonicNanos() + longest.toNanos();
        while (!condition.getAsBoolean()) {
            if (clock.monotonicNanos() > until) {
                return false;
            }
            LockSupport.parkNanos(LOOK_AGAIN.toNanos());
        }
        return true;
    }
}
