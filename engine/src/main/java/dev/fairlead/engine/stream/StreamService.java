package dev.fairlead.engine.stream;

import dev.fairlead.engine.access.AddressRules;
import dev.fairlead.engine.compile.CompileContext;
import dev.fairlead.engine.http.Exchange;
import dev.fairlead.engine.log.PlaceLogs;
import dev.fairlead.engine.text.Check;
import dev.fairlead.engine.text.Texts;
import dev.fairlead.engine.tls.HostTls;
import dev.fairlead.model.http.Logging;
import dev.fairlead.model.stream.StreamHost;
import dev.fairlead.model.stream.StreamRule;
import dev.fairlead.model.stream.StreamSettings;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What happens to the connections of one host. Immutable.
final class StreamService {
    private final StreamSettings settings;
    private final @Nullable HostTls tls;
    private final AddressRules access;
    private final List<Choice> choices;
    private final Course otherwise;
    private final Course unverified;
    private final PlaceLogs logs;
    private final boolean isLogged;

    private record Choice(Check when, Course then) {}

    private StreamService(
            StreamSettings settings,
            @Nullable HostTls tls,
            List<Choice> choices,
            Course otherwise,
            Course unverified,
            PlaceLogs logs) {
        this.settings = settings;
        this.tls = tls;
        this.access = new AddressRules(settings.access());
        this.choices = List.copyOf(choices);
        this.otherwise = otherwise;
        this.unverified = unverified;
        this.logs = logs;
        this.isLogged =
                settings.logging().access().stream().anyMatch(log -> !(log.target() instanceof Logging.Target.Nowhere));
    }

    static StreamService compile(StreamHost host, CompileContext context) {
        HostTls tls = host.tls()
                .flatMap(wanted -> HostTls.compile(wanted, host.protocols(), context.problems()))
                .orElse(null);
        List<Choice> choices = new ArrayList<>();
        for (StreamRule rule : host.rules()) {
            choices.add(
                    new Choice(Check.compile(rule.when(), Texts.of(context)), Course.compile(rule.then(), context)));
        }
        return new StreamService(
                host.settings(),
                tls,
                choices,
                Course.compile(host.action(), context),
                host.unverified().map(action -> Course.compile(action, context)).orElse(new Course.Close(false)),
                PlaceLogs.compile(host.settings().logging(), context));
    }

    StreamSettings settings() {
        return settings;
    }

    /// Null where no TLS is spoken.
    @Nullable
    HostTls tls() {
        return tls;
    }

    AddressRules access() {
        return access;
    }

    PlaceLogs logs() {
        return logs;
    }

    /// Whether a line is written for each connection.
    boolean isLogged() {
        return isLogged;
    }

    /// What becomes of a client whose certificate is not accepted.
    Course unverified() {
        return unverified;
    }

    /// What becomes of a connection.
    Course choose(Exchange exchange) {
        for (Choice choice : choices) {
            if (choice.when().holds(exchange)) {
                return choice.then();
            }
        }
        return otherwise;
    }
}
