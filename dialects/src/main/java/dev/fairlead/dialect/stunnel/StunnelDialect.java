package dev.fairlead.dialect.stunnel;

import dev.fairlead.model.http.HttpPlan;
import dev.fairlead.model.plan.Plan;
import dev.fairlead.model.plan.RuntimeOptions;
import dev.fairlead.model.stream.StreamListener;
import dev.fairlead.model.stream.StreamPlan;
import dev.fairlead.source.Problems;
import dev.fairlead.source.SourceFile;
import dev.fairlead.source.Span;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/// Compiles stunnel configurations.
public final class StunnelDialect {
    private StunnelDialect() {}

    /// @param conf a file; folders that it includes are read too
    public static Compiled compile(Path conf, StunnelOptions options) {
        Problems problems = new Problems();
        Reading reading = new Reading(options, problems);
        reading.read(conf.toString(), Span.builtIn());
        ServiceBuilder builder = new ServiceBuilder(reading);
        List<StreamListener> listeners = List.of();
        if (reading.services().isEmpty() && !problems.hasErrors()) {
            problems.error(
                    "stunnel.inetd",
                    first(reading),
                    "Inetd mode is not supported by Fairlead",
                    "without a [section], stunnel serves the one connection that inetd hands to it; name a service:"
                            + " [name], accept = PORT, connect = PORT");
        } else {
            builder.checkEnds();
            listeners = builder.listeners();
        }
        Optional<Plan> plan = problems.hasErrors()
                ? Optional.empty()
                : Optional.of(new Plan(HttpPlan.EMPTY, runtime(reading))
                        .withStream(new StreamPlan(listeners, builder.upstreams(), 0)));
        return new Compiled(plan, problems.all(), reading.sources(), reading.global().foreground);
    }

    private static Span first(Reading reading) {
        return reading.sources().stream()
                .findFirst()
                .map((SourceFile file) -> file.span(0, 0))
                .orElse(Span.builtIn());
    }

    private static RuntimeOptions runtime(Reading reading) {
        Global global = reading.global();
        RuntimeOptions usual = RuntimeOptions.DEFAULT;
        if (global.user.isEmpty()) {
            global.group.ifPresent(group -> reading.problems()
                    .warning(
                            "stunnel.group",
                            group.span(),
                            "\"setgid\" has no effect without \"setuid\"",
                            "name the user too"));
        }
        return new RuntimeOptions(
                usual.loops(),
                RuntimeOptions.MANY_CONNECTIONS,
                global.user.map(
                        user -> new RuntimeOptions.RunAs(user.value(), global.group.map(Given::value), user.span())),
                global.pid
                        .filter(pid -> !pid.value().isEmpty())
                        .map(pid -> new RuntimeOptions.PidFile(inRoot(reading, pid.value()), pid.span())),
                !global.foreground,
                usual.shutdownTimeout(),
                new Logs(reading).ofProgram());
    }

    private static String inRoot(Reading reading, String path) {
        return reading.path(
                reading.global().chroot.map(root -> root.value() + path).orElse(path));
    }
}
