package dev.fairlead.engine.route;

import dev.fairlead.model.http.Forward;
import dev.fairlead.model.net.Address;
import dev.fairlead.model.upstream.Balance;
import dev.fairlead.model.upstream.Upstream;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Requests passed to a server on loopback, with all fields as they are.
final class Passing {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private Passing() {}

    static Forward to(int port) {
        Upstream.Server server =
                new Upstream.Server(new Address.Tcp("127.0.0.1", port), 1, 0, 1, PATIENCE, false, false, Written.HERE);
        Upstream upstream =
                new Upstream("app", List.of(server), new Balance.RoundRobin(), Optional.empty(), true, Written.HERE);
        return new Forward(
                new Forward.Target.Fixed(upstream, Optional.empty(), "app", "80"),
                new Forward.PathMapping.Unchanged(),
                new Forward.Request(
                        Forward.Version.HTTP_1_1,
                        Optional.empty(),
                        List.of(),
                        true,
                        true,
                        Optional.empty(),
                        true,
                        Optional.empty(),
                        false),
                new Forward.Response(
                        Set.of(), Set.of(), List.of(), List.of(), List.of(), List.of(), true, 4096, 32 * 1024, 1 << 20,
                        "", 0, false, false, false),
                new Forward.Retry(EnumSet.noneOf(Forward.Failure.class), false, 0, Duration.ZERO),
                new Forward.Timeouts(PATIENCE, PATIENCE, PATIENCE),
                Written.HERE);
    }
}
