package dev.fairlead.process.events;

import dev.fairlead.model.service.Job;
import dev.fairlead.model.service.Trigger;
import dev.fairlead.model.service.execution.Command;
import dev.fairlead.unit.FileNamePattern;
import dev.fairlead.unit.Suggestion;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Which events can come among some jobs: those of a machine that boots and goes down, the steps of the jobs and
/// units that are there, and what jobs say or are seen to emit.
public final class EventSupply {
    private static final Set<String> STEPS = Set.of("starting", "started", "stopping", "stopped");
    private static final Set<String> OF_THE_MACHINE = Set.of(
            "startup",
            "virtual-filesystems",
            "local-filesystems",
            "remote-filesystems",
            "all-swaps",
            "filesystem",
            "net-device-up",
            "static-network-up",
            "runlevel");
    private static final Pattern EMITS =
            Pattern.compile("initctl\\s+emit\\s+(?:-n\\s+|--no-wait\\s+)?[\"']?([A-Za-z0-9_./:-]+)");

    private final Set<String> events = new HashSet<>(OF_THE_MACHINE);
    private final Set<String> units = new HashSet<>();

    /// @param others names of units besides the jobs, as `JOB` has them in their events
    public EventSupply(Collection<Job> jobs, Collection<String> others) {
        units.addAll(others);
        for (Job job : jobs) {
            units.add(job.name());
            events.addAll(job.notes().emits());
            for (Job.Part process : Job.Part.values()) {
                job.processes().of(process).ifPresent(this::read);
            }
        }
    }

    private void read(Command command) {
        Matcher emits = EMITS.matcher(String.join(" ", command.arguments()));
        while (emits.find()) {
            events.add(emits.group(1));
        }
    }

    /// Whether it can ever hold.
    public boolean canHold(Trigger trigger) {
        return switch (trigger) {
            case Trigger.Occurs occurs -> missing(occurs).isEmpty();
            case Trigger.Both both -> canHold(both.left()) && canHold(both.right());
            case Trigger.Either either -> canHold(either.left()) || canHold(either.right());
        };
    }

    /// What each event that cannot come lacks, such as `unknown job db`.
    public List<String> missing(Trigger trigger) {
        List<String> all = new ArrayList<>();
        trigger.forEach(occurs -> missing(occurs).ifPresent(all::add));
        return all;
    }

    /// Why an event cannot come; empty if it can.
    public Optional<String> missing(Trigger.Occurs occurs) {
        String event = occurs.event().endsWith("/failed")
                ? occurs.event().substring(0, occurs.event().length() - "/failed".length())
                : occurs.event();
        if (!STEPS.contains(event)) {
            return events.contains(event) ? Optional.empty() : Optional.of("unknown event " + occurs.event());
        }
        return occurs.matches().stream()
                .filter(match -> match.name().orElse("JOB").equals("JOB"))
                .findFirst()
                .filter(match -> !match.isNegated() && match.pattern().indexOf('$') < 0)
                .filter(match -> units.stream().noneMatch(unit -> FileNamePattern.matches(match.pattern(), unit)))
                .map(match -> "unknown job " + match.pattern());
    }

    /// The event that was meant where one is misspelt: it cannot come, and is nearly one that can.
    public Optional<String> meant(Trigger.Occurs occurs) {
        boolean isKnown = STEPS.contains(occurs.event()) || missing(occurs).isEmpty();
        List<String> known = new ArrayList<>(STEPS);
        known.addAll(events);
        return isKnown ? Optional.empty() : Suggestion.nearest(occurs.event(), known);
    }

    /// The jobs that are there.
    public Set<String> units() {
        return Set.copyOf(units);
    }
}
