package dev.fairlead.cli.adopt;

import dev.fairlead.dialect.PathResolver;
import dev.fairlead.model.plan.Plan;
import dev.fairlead.model.service.ApplicationUnit;
import dev.fairlead.model.service.Command;
import dev.fairlead.model.service.Commands;
import dev.fairlead.model.service.Service;
import dev.fairlead.model.service.Unit;
import dev.fairlead.model.service.UnitSet;
import dev.fairlead.process.supervisor.Prepared;
import dev.fairlead.source.Diagnostic;
import dev.fairlead.source.Problems;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Finds units that start gunicorn and makes applications of them: of all where that is asked for, else of
/// those whose gunicorn is not on this machine. Only units that come up with the stack are looked at.
public final class Adoption {
    private final boolean isWanted;
    private final boolean isTrial;
    private final PathResolver paths;
    private final Problems problems;
    private final List<Service> services = new ArrayList<>();
    private final List<AdoptedUnit> adopted = new ArrayList<>();
    private final List<Plan> traffic = new ArrayList<>();

    private Adoption(boolean isWanted, boolean isTrial, PathResolver paths, Problems problems) {
        this.isWanted = isWanted;
        this.isTrial = isTrial;
        this.paths = paths;
        this.problems = problems;
    }

    /// @param isWanted whether units are adopted whose gunicorn is here
    /// @param isTrial whether the stack runs away from its machine
    /// @param paths where absolute paths of settings lead
    /// @param problems what keeps a unit from being adopted, and what of it is not followed
    public static Adopted of(UnitSet units, boolean isWanted, boolean isTrial, PathResolver paths, Problems problems) {
        Adoption adoption = new Adoption(isWanted, isTrial, paths, problems);
        Set<String> started = started(units);
        List<Unit> all = new ArrayList<>();
        for (Unit unit : units.units()) {
            boolean isCandidate = unit instanceof Service && started.contains(unit.name());
            all.add(isCandidate ? adoption.consider((Service) unit) : unit);
        }
        for (Unit unit : all) {
            if (unit instanceof Service service) {
                adoption.services.add(service);
            }
        }
        UnitSet services = UnitSet.allOf(adoption.services);
        return new Adopted(new UnitSet(all, units.enabled()), services, adoption.adopted, adoption.traffic);
    }

    private static Set<String> started(UnitSet units) {
        Set<String> all = new LinkedHashSet<>();
        Deque<String> waiting = new ArrayDeque<>(units.enabled());
        while (!waiting.isEmpty()) {
            String name = waiting.poll();
            if (all.add(name)) {
                units.unit(name)
                        .ifPresent(unit -> waiting.addAll(unit.dependencies().pulledIn()));
            }
        }
        return all;
    }

    private Unit consider(Service service) {
        if (service.commands().start().size() != 1) {
            return service;
        }
        Command command = service.commands().start().getFirst();
        if (!GunicornCall.isMentioned(command.arguments())
                && command.arguments().stream().noneMatch(this::isVariable)) {
            return service;
        }
        try {
            Prepared prepared = Prepared.of(service, command, isTrial);
            List<String> words = new ArrayList<>(prepared.words());
            words.set(0, command.program());
            Optional<GunicornCall> call = GunicornCall.of(words, Prepared::find);
            if (call.isEmpty()) {
                if (isWanted && GunicornCall.isMentioned(words)) {
                    problems.warning(
                            "adopt.unclear",
                            command.origin(),
                            service.name() + " is not adopted: how it starts gunicorn cannot be told",
                            "name gunicorn as the program, or python -m gunicorn");
                }
                return service;
            }
            return isWanted || !call.get().isThere() ? adopt(service, command, prepared, call.get()) : service;
        } catch (IOException refused) {
            // The supervisor says the same when it starts the unit.
            return service;
        }
    }

    private boolean isVariable(String word) {
        return word.startsWith("$");
    }

    private Unit adopt(Service service, Command command, Prepared prepared, GunicornCall call) {
        try {
            AdoptedSettings settings = AdoptedSettings.read(service, command, prepared, call, paths);
            services.add(withoutStart(service));
            adopted.add(settings.unit());
            traffic.add(settings.traffic());
            settings.notes()
                    .forEach(note -> problems.add(
                            Diagnostic.note("adopt.setting", command.origin(), service.name() + ": " + note)));
            tell(service, command, call, settings);
            return new ApplicationUnit(
                    service.name(),
                    service.description(),
                    service.dependencies(),
                    settings.unit().application().name(),
                    service.sources(),
                    service.origin());
        } catch (IOException refused) {
            problems.error(
                    "adopt.refused",
                    command.origin(),
                    service.name() + " cannot be adopted: " + String.valueOf(refused.getMessage()),
                    call.isThere()
                            ? "without --adopt gunicorn itself is started"
                            : call.program() + " is not on this machine; where it is, it is started itself");
            return service;
        }
    }

    private void tell(Service service, Command command, GunicornCall call, AdoptedSettings settings) {
        if (!call.isThere()) {
            problems.warning(
                    "adopt.missing",
                    command.origin(),
                    call.program() + " is not on this machine: " + service.name() + " runs as application "
                            + settings.unit().application().name(),
                    "its workers are Fairlead's own; --adopt asks for that on purpose");
        }
        Commands commands = service.commands();
        List<Command> left = new ArrayList<>(commands.condition());
        left.addAll(commands.pre());
        left.addAll(commands.post());
        left.addAll(commands.stopPost());
        left.stream()
                .findFirst()
                .ifPresent(first -> problems.warning(
                        "adopt.command",
                        first.origin(),
                        "commands around the start of " + service.name() + " are not run: it is an application here",
                        "put them into a unit of their own that this one comes After="));
    }

    /// What is looked for on this machine whoever runs it: user, group and folder.
    private static Service withoutStart(Service service) {
        return new Service(
                service.name(),
                service.description(),
                service.dependencies(),
                service.startup(),
                service.remainsAfterExit(),
                service.pidFile(),
                service.notifyAccess(),
                new Commands(List.of(), List.of(), List.of(), List.of(), List.of(), List.of(), List.of()),
                service.execution(),
                service.restart(),
                service.startLimit(),
                service.timeouts(),
                service.kill(),
                service.sources(),
                service.origin());
    }
}
