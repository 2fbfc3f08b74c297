package dev.fairlead.cli.explain;

import dev.fairlead.cli.stack.CompiledStack;
import dev.fairlead.cli.stack.Mentions;
import dev.fairlead.engine.explain.Explainer;
import dev.fairlead.model.net.Address;
import dev.fairlead.model.net.Listener;
import dev.fairlead.model.plan.Plan;
import dev.fairlead.model.plan.PortMap;
import dev.fairlead.model.status.StackStatus;
import dev.fairlead.source.Severity;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/// What is said of one request.
///
/// @param isAnswered whether a client would get an answer, be it an error
/// @param hasWay whether there is more than the reason why not
/// @param text for people or for programs, as it was asked for
public record Explanation(boolean isAnswered, boolean hasWay, String text) {
    private static final int HTTPS = 443;

    /// Of a stack that does not run.
    ///
    /// @param stack before its listeners are moved
    /// @param explainers makes one for a plan
    public static Explanation of(
            Asked asked, CompiledStack stack, PortMap ports, Function<Plan, Explainer> explainers, boolean json) {
        return of(asked, stack, ports, explainers, LiveState.NONE, json);
    }

    /// Of a stack that runs.
    ///
    /// @param stack before its listeners are moved
    /// @param status how it is at this moment
    /// @param explainers makes one for a plan
    public static Explanation of(
            Asked asked,
            CompiledStack stack,
            PortMap ports,
            Function<Plan, Explainer> explainers,
            StackStatus status,
            boolean json) {
        return of(asked, stack, ports, explainers, LiveState.of(status), json);
    }

    private static Explanation of(
            Asked url,
            CompiledStack stack,
            PortMap ports,
            Function<Plan, Explainer> explainers,
            LiveState live,
            boolean json) {
        if (stack.isBroken()) {
            return failed(url, stack.complaints(Severity.ERROR), json);
        }
        Plan plan = stack.plan().orElse(Plan.EMPTY);
        Entrance entrance = new Entrance(plan, ports);
        Optional<Listener> first = entrance.of(url);
        if (first.isEmpty()) {
            return failed(url, entrance.nobody(url) + units(url, stack), json);
        }
        Asked asked = url.hasScheme() || !(first.get().tls() || url.port() == HTTPS) ? url : url.secured();
        try (Explainer explainer = explainers.apply(plan)) {
            List<Step> hops = new ArrayList<>(live.stack());
            Journey journey = new Journey(stack, plan, explainer, live);
            hops.addAll(journey.of(entrance.step(first.get(), asked), first.get(), asked));
            if (explainer.problems().hasErrors()) {
                return failed(asked, explainer.problems().render(), json);
            }
            String text = json ? Shown.json(asked, journey.end(), hops) : Shown.text(asked, hops);
            return new Explanation(!journey.end().isNowhere(), true, text);
        }
    }

    /// Whose command says that it listens there itself.
    private static String units(Asked url, CompiledStack stack) {
        Address address = new Address.Tcp("127.0.0.1", url.port());
        return stack.units().programs().stream()
                .filter(service -> Mentions.of(service, address))
                .map(service -> "\nunit " + service.name() + " listens there itself: its command says so ["
                        + service.origin().fileAndLine() + "]")
                .collect(Collectors.joining());
    }

    /// Why a request cannot be followed at all.
    public static Explanation failed(Asked asked, String problem, boolean json) {
        String text = json ? Shown.json(asked, problem) : problem + "\n";
        return new Explanation(false, false, text);
    }
}
