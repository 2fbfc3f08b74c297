package dev.fairlead.cli.explain;

import dev.fairlead.model.net.Address;
import dev.fairlead.model.status.ApplicationStatus;
import dev.fairlead.model.status.StackStatus;
import dev.fairlead.model.status.UnitStatus;
import dev.fairlead.model.status.UpstreamStatus;
import dev.fairlead.model.upstream.Upstream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// What is known of a stack because it runs; nothing of one that does not.
final class LiveState {
    static final LiveState NONE = new LiveState(Optional.empty());

    private final Optional<StackStatus> status;

    private LiveState(Optional<StackStatus> status) {
        this.status = status;
    }

    static LiveState of(StackStatus status) {
        return new LiveState(Optional.of(status));
    }

    /// Which stack it is; nothing where none runs.
    List<Step> stack() {
        return status
                .map(stack -> Step.of(
                        "stack",
                        "stack " + stack.name() + " as it runs: pid " + stack.pid() + ", configuration "
                                + stack.traffic().generation()))
                .stream()
                .toList();
    }

    /// How a server is, in words behind its name; empty if that is not known.
    ///
    /// @param upstream the name of its upstream
    String server(String upstream, Upstream.Server server) {
        return status.stream()
                .flatMap(stack -> stack.traffic().upstreams().stream())
                .filter(group -> group.name().equals(upstream))
                .flatMap(group -> group.servers().stream())
                .filter(one -> isThat(one, server))
                .map(LiveState::words)
                .findFirst()
                .orElse("");
    }

    private static boolean isThat(UpstreamStatus.Server one, Upstream.Server server) {
        String name = server.traits().name();
        String address = server.address().text();
        String local = server.address() instanceof Address.Tcp tcp && tcp.host().equals("localhost")
                ? "127.0.0.1:" + tcp.port()
                : address;
        return name.isEmpty()
                ? one.address().equals(address) || one.address().equals(local)
                : one.name().equals(name);
    }

    private static String words(UpstreamStatus.Server server) {
        StringBuilder words = new StringBuilder("; " + server.state().word());
        words.append(", ").append(server.active()).append(" active");
        words.append(", ").append(server.requests()).append(" requests so far");
        if (server.failures() > 0) {
            words.append(", ").append(server.failures()).append(" failures");
        }
        server.check()
                .ifPresent(check -> words.append(", check ")
                        .append(check.isWell() ? "well: " : "failed: ")
                        .append(check.reason()));
        return words.toString();
    }

    /// What an application's workers do.
    List<Step> application(String name) {
        List<Step> steps = new ArrayList<>();
        status.stream()
                .flatMap(stack -> stack.applications().stream())
                .filter(one -> one.name().equals(name))
                .forEach(one -> {
                    steps.add(Step.of(
                            "generation",
                            one.generation() == 0
                                    ? "no generation serves"
                                    : "generation " + one.generation() + " serves, " + one.running()
                                            + " requests at workers, " + one.waiting() + " waiting"));
                    one.workers().forEach(worker -> steps.add(worker(worker)));
                    one.problem().ifPresent(problem -> steps.add(Step.of("problem", problem)));
                });
        return steps;
    }

    private static Step worker(ApplicationStatus.WorkerStatus worker) {
        return Step.of(
                "worker",
                "worker " + worker.generation() + "#" + worker.number() + " " + worker.state() + ", pid " + worker.pid()
                        + ", " + worker.requests() + " requests so far");
    }

    /// What a unit does, in words behind its name; empty if that is not known.
    String unit(String name) {
        return status.stream()
                .flatMap(stack -> stack.units().stream())
                .filter(unit -> unit.name().equals(name))
                .map(LiveState::words)
                .findFirst()
                .orElse("");
    }

    private static String words(UnitStatus unit) {
        String pid = unit.mainPid().isPresent() ? ", pid " + unit.mainPid().getAsInt() : "";
        return "; " + unit.activity().word() + " (" + unit.subState() + ")" + pid;
    }
}
