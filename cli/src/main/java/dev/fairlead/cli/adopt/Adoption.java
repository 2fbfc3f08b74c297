package dev.fairlead.cli.adopt;

import dev.fairlead.dialect.PathResolver;
import dev.fairlead.dialect.gunicorn.GunicornSettings;
import dev.fairlead.model.plan.Plan;
import dev.fairlead.model.service.ApplicationUnit;
import dev.fairlead.model.service.Job;
import dev.fairlead.model.service.Service;
import dev.fairlead.model.service.SocketUnit;
import dev.fairlead.model.service.Unit;
import dev.fairlead.model.service.UnitSet;
import dev.fairlead.model.service.execution.Command;
import dev.fairlead.model.service.execution.Commands;
import dev.fairlead.model.service.socket.Activation;
import dev.fairlead.process.supervisor.launch.Prepared;
import dev.fairlead.source.Diagnostic;
import dev.fairlead.source.Problems;
import dev.fairlead.source.Span;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Finds units that start gunicorn and makes applications of them: of all where that is asked for, else of
/// those whose gunicorn is not on this machine. Only units that come up with the stack are looked at.
public final class Adoption {
    /// How complaints name words: the nearer to what is wrong, the earlier.
    private static final List<Pattern> NAMED = List.of(
            Pattern.compile("'([^']+)'"),
            Pattern.compile("\"([^\"]+)\""),
            Pattern.compile("arguments: (\\S+)"),
            Pattern.compile("(?<![\\w-])(--?[a-z][\\w-]*)"));

    private final boolean isWanted;
    private final boolean isTrial;
    private final PathResolver paths;
    private final Problems problems;
    private final List<Service> services = new ArrayList<>();
    private final List<AdoptedUnit> adopted = new ArrayList<>();
    private final List<Plan> traffic = new ArrayList<>();
    private final Set<String> comingUp = new LinkedHashSet<>();
    private final UnitSet units;
    private final Set<String> started;

    private Adoption(UnitSet units, boolean isWanted, boolean isTrial, PathResolver paths, Problems problems) {
        this.units = units;
        this.started = started(units);
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
        Adoption adoption = new Adoption(units, isWanted, isTrial, paths, problems);
        List<Unit> all = new ArrayList<>();
        for (Unit unit : units.units()) {
            all.add(
                    switch (unit) {
                        case Service service when adoption.started.contains(unit.name()) -> adoption.consider(service);
                        case Job job -> adoption.consider(job);
                        default -> unit;
                    });
        }
        for (Unit unit : all) {
            if (unit instanceof Service service) {
                adoption.services.add(service);
            }
            if (unit instanceof Job job) {
                adoption.services.add(job.asService(job.execution()));
            }
        }
        all.removeIf(adoption::listensItself);
        UnitSet services = UnitSet.allOf(adoption.services);
        return new Adopted(
                new UnitSet(all, adoption.enabled(units), units.onDemand()),
                services,
                adoption.adopted,
                adoption.traffic);
    }

    /// Whether a unit would open sockets for an application, which opens its own.
    private boolean listensItself(Unit unit) {
        if (!(unit instanceof SocketUnit socket) || !(socket.activation() instanceof Activation.OneService one)) {
            return false;
        }
        Optional<AdoptedUnit> application = adopted.stream()
                .filter(adopted -> adopted.unit().equals(one.service()))
                .findFirst();
        application.ifPresent(found -> problems.add(Diagnostic.note(
                        "adopt.socket",
                        socket.origin(),
                        socket.name() + " opens nothing: the application listens itself, at " + found.addresses())
                .hint("its sockets stay open while its workers are replaced")));
        return application.isPresent();
    }

    private static Set<String> started(UnitSet units) {
        Set<String> all = new LinkedHashSet<>();
        Deque<String> waiting = new ArrayDeque<>(units.enabled());
        while (!waiting.isEmpty()) {
            String name = waiting.poll();
            if (all.add(name)) {
                units.unit(name)
                        .ifPresent(unit -> waiting.addAll(unit.dependencies().started()));
            }
        }
        return all;
    }

    private Set<String> enabled(UnitSet units) {
        Set<String> enabled = new LinkedHashSet<>(units.enabled());
        enabled.addAll(comingUp);
        return enabled;
    }

    private Unit consider(Job job) {
        Optional<Command> main = job.processes().main();
        if (main.isEmpty() || !GunicornCall.isMentioned(main.get().arguments())) {
            return job;
        }
        try {
            AdoptableJob found = AdoptableJob.of(job, main.get());
            Prepared prepared = Prepared.of(found.service(), found.command(), isTrial);
            GunicornCall call = GunicornCall.of(prepared.words(), Prepared::find)
                    .orElseThrow(() -> new IOException("how it starts gunicorn cannot be told"));
            if (!isWanted && call.isThere()) {
                look(found.command(), call);
                return job;
            }
            if (!(adopt(found.service(), found.command(), prepared, call) instanceof ApplicationUnit application)) {
                return job;
            }
            if (found.isEnabled()) {
                comingUp.add(application.name());
            }
            return application;
        } catch (IOException reason) {
            if (isWanted) {
                problems.warning(
                        "adopt.unclear",
                        main.get().origin(),
                        job.name() + " is not adopted: " + reason.getMessage(),
                        "a job that does nothing but exec gunicorn is");
            }
            return job;
        }
    }

    private Unit consider(Service service) {
        boolean seesOtherFiles = service.execution().confinement().root().isPresent();
        if (service.commands().start().size() != 1 || seesOtherFiles) {
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
            if (isWanted || !call.get().isThere()) {
                return adopt(service, command, prepared, call.get());
            }
            look(command, call.get());
            return service;
        } catch (IOException refused) {
            // The supervisor says the same when it starts the unit.
            return service;
        }
    }

    /// What gunicorn itself, which is started, will refuse.
    private void look(Command command, GunicornCall call) {
        GunicornSettings.slip(call.words())
                .ifPresent(reason -> problems.warning(
                        "gunicorn.arguments",
                        word(command.origin(), reason),
                        "gunicorn refuses this: " + reason,
                        "gunicorn --help lists its options"));
    }

    private boolean isVariable(String word) {
        return word.startsWith("$");
    }

    private Unit adopt(Service service, Command command, Prepared prepared, GunicornCall call) {
        try {
            AdoptedSettings settings = AdoptedSettings.read(
                    service, command, prepared, call, LentAddresses.of(service.name(), units, started), paths);
            services.add(withoutStart(service));
            adopted.add(settings.unit());
            traffic.add(settings.traffic());
            settings.remarks().forEach(problems::add);
            settings.notes()
                    .forEach(note -> problems.add(
                            Diagnostic.note("adopt.setting", command.origin(), service.name() + ": " + note)));
            tell(service, command, call, settings);
            return new ApplicationUnit(
                    service.name(),
                    service.description(),
                    service.dependencies(),
                    service.rules(),
                    settings.unit().application().name(),
                    service.sources(),
                    service.origin());
        } catch (IOException refused) {
            problems.error(
                    "adopt.refused",
                    word(command.origin(), String.valueOf(refused.getMessage())),
                    service.name() + " cannot be adopted: " + String.valueOf(refused.getMessage()),
                    call.isThere()
                            ? "without --adopt gunicorn itself is started"
                            : call.program() + " is not on this machine; where it is, it is started itself");
            return service;
        }
    }

    /// The word of a command line that a complaint names; all of it where it names none.
    private static Span word(Span line, String complaint) {
        for (Pattern pattern : NAMED) {
            Matcher named = pattern.matcher(complaint);
            while (named.find()) {
                Matcher found = Pattern.compile("(?<![^\\s=\"'])" + Pattern.quote(named.group(1)) + "(?![^\\s=\"'])")
                        .matcher(line.text());
                if (found.find()) {
                    return line.file().span(line.start() + found.start(), line.start() + found.end());
                }
            }
        }
        return line;
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
                service.rules(),
                service.startup(),
                service.remainsAfterExit(),
                service.outlivesMain(),
                service.pidFile(),
                service.guessesMain(),
                service.notifyAccess(),
                new Commands(List.of(), List.of(), List.of(), List.of(), List.of(), List.of(), List.of()),
                service.execution(),
                service.restart(),
                service.startLimit(),
                service.timeouts(),
                service.kill(),
                service.handover(),
                service.sources(),
                service.origin());
    }
}
