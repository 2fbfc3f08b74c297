package dev.fairlead.engine.generation;

import dev.fairlead.engine.stream.NameTrial;
import dev.fairlead.engine.upstream.server.HostAnswers;
import dev.fairlead.engine.upstream.server.HostAnswers.Answer;
import dev.fairlead.engine.upstream.server.UnknownHost;
import dev.fairlead.model.http.Action;
import dev.fairlead.model.http.Forward;
import dev.fairlead.model.net.Address;
import dev.fairlead.model.net.Listener;
import dev.fairlead.model.plan.Ending;
import dev.fairlead.model.plan.Plan;
import dev.fairlead.model.stream.StreamAction;
import dev.fairlead.model.stream.StreamForward;
import dev.fairlead.model.stream.StreamHost;
import dev.fairlead.model.upstream.HealthCheck;
import dev.fairlead.model.upstream.NameLookup;
import dev.fairlead.model.upstream.ServerTraits;
import dev.fairlead.model.upstream.Upstream;
import dev.fairlead.source.Diagnostic;
import dev.fairlead.source.Problems;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/// Finds out whether the names that a plan needs can be found, as they are looked up when it is provisioned, and
/// says the same of those that cannot. What a start does not need is not looked up. Waits for the system's
/// resolver, within limits: not to be called on an event loop.
public final class HostTrial {
    /// Longer than a resolver takes to give two name servers up.
    private static final Duration MOST = Duration.ofSeconds(15);

    private final List<Need> needs = new ArrayList<>();
    private final List<StreamForward.Target.Fixed> late = new ArrayList<>();
    private final Set<String> known = new HashSet<>();

    /// A name without which a plan does not run.
    ///
    /// @param host empty for one that is not found wherever it is looked up
    /// @param unknown what is said then
    private record Need(Optional<String> host, Diagnostic unknown) {}

    private HostTrial() {}

    /// All names of a plan.
    ///
    /// @param problems what keeps the plan from running is added, and warnings of what need not
    public static void of(Plan plan, Problems problems) {
        HostTrial trial = new HostTrial();
        plan.listeners().forEach(trial::listener);
        plan.http().upstreams().stream()
                .filter(upstream -> upstream.servers().stream()
                        .anyMatch(server -> !server.traits().equals(ServerTraits.NONE)))
                .forEach(trial::upstream);
        for (Ending ending : Ending.of(plan)) {
            if (ending.action() instanceof Action.ForwardTo to) {
                upstreams(to.forward()).forEach(trial::upstream);
            }
        }
        plan.stream().listeners().stream()
                .flatMap(listener -> listener.hosts().stream())
                .flatMap(HostTrial::actions)
                .forEach(trial::action);
        trial.run(problems);
    }

    /// The names of all servers of some upstreams, passed on to or not.
    ///
    /// @param problems those that nobody knows are added
    public static void of(List<Upstream> upstreams, Problems problems) {
        HostTrial trial = new HostTrial();
        upstreams.forEach(trial::upstream);
        trial.run(problems);
    }

    private static List<Upstream> upstreams(Forward forward) {
        return switch (forward.target()) {
            case Forward.Target.Fixed fixed -> List.of(fixed.upstream());
            case Forward.Target.Computed computed -> computed.declared();
        };
    }

    private static Stream<StreamAction> actions(StreamHost host) {
        return Stream.concat(host.rules().stream().map(rule -> rule.then()), Stream.of(host.action()));
    }

    private void action(StreamAction action) {
        if (action instanceof StreamAction.ForwardTo(StreamForward forward)) {
            switch (forward.target()) {
                case StreamForward.Target.Fixed fixed -> {
                    if (fixed.late().isEmpty()) {
                        upstream(fixed.upstream());
                    } else if (!late.contains(fixed)) {
                        late.add(fixed);
                    }
                }
                case StreamForward.Target.Computed computed ->
                    computed.declared().forEach(this::upstream);
            }
        }
    }

    private void listener(Listener listener) {
        if (listener.address() instanceof Address.Tcp tcp
                && !tcp.isEveryAddress()
                && listener.options().descriptor().isEmpty()) {
            need(tcp.host(), UnknownHost.of(listener));
        }
    }

    private void upstream(Upstream upstream) {
        for (Upstream.Server server : upstream.servers()) {
            server(upstream, server);
            if (server.traits().tracks().isEmpty()) {
                server.traits().check().ifPresent(this::check);
            }
            server.traits().vigilance().agent().ifPresent(this::check);
        }
    }

    private void server(Upstream upstream, Upstream.Server server) {
        if (!(server.address() instanceof Address.Tcp tcp)) {
            return;
        }
        Diagnostic unknown = UnknownHost.of(upstream, server);
        Optional<NameLookup> lookup = server.traits().lookup();
        if (lookup.isEmpty()) {
            need(tcp.host(), unknown);
        } else if (needsHost(lookup.get())) {
            boolean isAsked = lookup.get().first().stream().anyMatch(NameLookup.First.Machine.class::isInstance);
            need(isAsked ? Optional.of(lookup.get().host()) : Optional.empty(), unknown);
        }
    }

    /// Whether nothing but its name gives it the address it has to begin with.
    private static boolean needsHost(NameLookup lookup) {
        return lookup.first().stream().noneMatch(way -> switch (way) {
            case NameLookup.First.Last() -> false;
            case NameLookup.First.Machine() -> false;
            case NameLookup.First.Nowhere() -> true;
            case NameLookup.First.Given(String host) -> true;
        });
    }

    private void check(HealthCheck check) {
        check.address().ifPresent(address -> check(check, address));
        if (check.probe() instanceof HealthCheck.Probe.Sequence(List<HealthCheck.Leg> legs)) {
            legs.stream().flatMap(leg -> leg.address().stream()).forEach(address -> check(check, address));
        }
    }

    private void check(HealthCheck check, Address address) {
        if (address instanceof Address.Tcp tcp) {
            need(tcp.host(), UnknownHost.of(check, address));
        }
    }

    private void need(String host, Diagnostic unknown) {
        need(Optional.of(host), unknown);
    }

    private void need(Optional<String> host, Diagnostic unknown) {
        if (known.add(unknown.span() + " " + unknown.message())) {
            needs.add(new Need(host, unknown));
        }
    }

    private void run(Problems problems) {
        List<String> hosts = Stream.concat(
                        needs.stream().flatMap(need -> need.host().stream()),
                        late.stream().flatMap(NameTrial::hosts))
                .toList();
        HostAnswers answers = HostAnswers.of(hosts, MOST);
        for (Need need : needs) {
            switch (need.host().map(answers::of).orElse(Answer.UNKNOWN)) {
                case FOUND -> {}
                case UNKNOWN -> problems.add(need.unknown());
                case LATE -> problems.addOnce(late(need));
            }
        }
        NameTrial.of(late, answers, problems);
    }

    /// It may be found a moment later, and a start waits for that: no error.
    private static Diagnostic late(Need need) {
        return Diagnostic.warning(
                        "upstream.host-late",
                        need.unknown().span(),
                        "the system's resolver has not answered for \""
                                + need.host().orElse("") + "\" within " + MOST.toSeconds() + " s")
                .hint("a start waits for the answer; are the name servers in /etc/resolv.conf within reach?");
    }
}
