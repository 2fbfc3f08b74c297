package dev.fairlead.dialect.pound;

import dev.fairlead.model.http.LogLevel;
import dev.fairlead.model.http.Logging;
import dev.fairlead.model.net.AddressRange;
import dev.fairlead.model.plan.RuntimeOptions;
import dev.fairlead.source.Span;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What stands outside of blocks: times, networks and servers by name, how the program runs.
final class Program {
    private final Reading reading;
    private final Statement all;
    private final Map<String, List<AddressRange>> networks = new HashMap<>();
    private final Map<String, Statement> backends = new HashMap<>();

    Program(Reading reading, List<Statement> statements) {
        this.reading = reading;
        Word nobody = new Word("", false, Span.builtIn());
        this.all = new Statement("", nobody, false, List.of(), statements);
        all.each("ACL").forEach(acl -> networks.put(acl.text(0), Networks.named(acl, reading)));
        all.each("BackEnd").forEach(backend -> backends.put(backend.text(0), backend));
    }

    Statement all() {
        return all;
    }

    Map<String, List<AddressRange>> networks() {
        return networks;
    }

    Map<String, Statement> backends() {
        return backends;
    }

    Optional<Duration> seconds(String name) {
        return all.last(name).flatMap(reading::seconds);
    }

    boolean isOn(String name) {
        return all.last(name).map(reading::truth).orElse(false);
    }

    RuntimeOptions runtime() {
        Optional<String> group = all.last("Group").map(statement -> statement.text(0));
        return new RuntimeOptions(
                Optional.empty(),
                RuntimeOptions.MANY_CONNECTIONS,
                all.last("User").map(user -> new RuntimeOptions.RunAs(user.text(0), group, user.origin())),
                all.last("PIDFile").map(file -> new RuntimeOptions.PidFile(reading.path(file.text(0)), file.origin())),
                all.last("Daemon").map(reading::truth).orElse(true),
                Optional.of(seconds("Grace").orElse(Duration.ofSeconds(30))),
                List.of(new Logging.ErrorLog(new Logging.Target.StandardError(), LogLevel.WARN, Span.builtIn())));
    }
}
