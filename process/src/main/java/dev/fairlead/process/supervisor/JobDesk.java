package dev.fairlead.process.supervisor;

import dev.fairlead.model.control.JobCommand;
import dev.fairlead.model.control.Outcome;
import dev.fairlead.model.service.Job;
import dev.fairlead.model.service.Trigger;
import dev.fairlead.process.events.EventEngine;
import dev.fairlead.process.events.EventSupply;
import dev.fairlead.process.events.JobInstance;
import dev.fairlead.process.events.Words;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;

/// Does what people ask of jobs. Only on the master loop.
final class JobDesk {
    private final EventBoard board;
    private final EventEngine engine;

    JobDesk(EventBoard board) {
        this.board = board;
        this.engine = board.engine();
    }

    CompletionStage<Outcome> execute(JobCommand command) {
        return switch (command) {
            case JobCommand.Start(String job, SequencedMap<String, String> variables, boolean waits) ->
                steer(job, variables, waits, done -> engine.start(job, variables, done));
            case JobCommand.Stop(String job, SequencedMap<String, String> variables, boolean waits) ->
                steer(job, variables, waits, done -> engine.stop(job, variables, done));
            case JobCommand.Restart(String job, SequencedMap<String, String> variables, boolean waits) ->
                steer(job, variables, waits, done -> engine.restart(job, variables, done));
            case JobCommand.Reload(String job, SequencedMap<String, String> variables) -> now(reload(job, variables));
            case JobCommand.Status(String job, SequencedMap<String, String> variables) -> now(status(job, variables));
            case JobCommand.Overview _ -> now(new Outcome.Done(overview()));
            case JobCommand.Emit(String event, SequencedMap<String, String> variables, boolean waits) -> {
                CompletionStage<Outcome> over = board.emit(event, variables);
                yield waits ? over : now(new Outcome.Done(""));
            }
            case JobCommand.ShowConditions(Optional<String> job, boolean isDetailed) ->
                now(each(job, one -> conditions(one, isDetailed)));
            case JobCommand.CheckConditions(Optional<String> job) -> now(check(job));
            case JobCommand.Usage(String job) -> now(usage(job));
            case JobCommand.Variables variables -> now(variables(variables));
        };
    }

    private static CompletionStage<Outcome> now(Outcome outcome) {
        return CompletableFuture.completedFuture(outcome);
    }

    /// Who does not wait is told how things stand once it has begun.
    private CompletionStage<Outcome> steer(
            String job, SequencedMap<String, String> variables, boolean waits, Consumer<Consumer<Outcome>> action) {
        CompletableFuture<Outcome> outcome = new CompletableFuture<>();
        action.accept(outcome::complete);
        if (!waits && !outcome.isDone()) {
            outcome.complete(status(job, variables));
        }
        return outcome;
    }

    private Outcome onInstance(String job, Map<String, String> variables, Consumer<JobInstance> action) {
        Outcome found = engine.find(job, variables);
        if (found instanceof Outcome.Done(String name)) {
            engine.instances(job).stream()
                    .filter(instance -> instance.name().equals(name))
                    .forEach(action);
        }
        return found;
    }

    private Outcome reload(String job, Map<String, String> variables) {
        List<String> refused = new ArrayList<>();
        Outcome found = onInstance(job, variables, instance -> {
            boolean isSent = board.processes(instance)
                    .filter(processes -> processes.tell(instance.job().reloadSignal()))
                    .isPresent();
            if (!isSent) {
                refused.add("Job is not running: " + instance.title());
            }
        });
        return refused.isEmpty()
                ? found instanceof Outcome.Done ? new Outcome.Done("") : found
                : new Outcome.Failed(refused.getFirst());
    }

    private Outcome status(String job, Map<String, String> variables) {
        StringBuilder line = new StringBuilder();
        Outcome found = onInstance(job, variables, instance -> line.append(Words.line(instance)));
        if (!line.isEmpty()) {
            return new Outcome.Done(line.toString());
        }
        Optional<Job> known = engine.job(job);
        boolean isPlain = known.isPresent() && known.get().instance().isEmpty();
        return isPlain ? new Outcome.Done(Words.line(known.get())) : found;
    }

    private String overview() {
        List<String> lines = new ArrayList<>();
        for (Job job : engine.jobs()) {
            Collection<JobInstance> instances = engine.instances(job.name());
            if (instances.isEmpty()) {
                lines.add(Words.line(job));
            }
            instances.forEach(instance -> lines.add(Words.line(instance)));
        }
        return String.join("\n", lines);
    }

    /// A text for each job that has one.
    private Outcome each(Optional<String> name, Function<Job, String> text) {
        if (name.isPresent() && engine.job(name.get()).isEmpty()) {
            return new Outcome.Unknown("Unknown job: " + name.get());
        }
        return new Outcome.Done(engine.jobs().stream()
                .filter(job -> name.isEmpty() || name.get().equals(job.name()))
                .map(text)
                .filter(found -> !found.isEmpty())
                .collect(Collectors.joining("\n")));
    }

    private static String conditions(Job job, boolean isDetailed) {
        List<String> lines = new ArrayList<>(List.of(job.name()));
        job.notes().emits().forEach(event -> lines.add("  emits " + event));
        job.startOn().ifPresent(trigger -> lines.addAll(condition("start on", trigger, isDetailed)));
        job.stopOn().ifPresent(trigger -> lines.addAll(condition("stop on", trigger, isDetailed)));
        return String.join("\n", lines);
    }

    private static List<String> condition(String what, Trigger trigger, boolean isDetailed) {
        if (!isDetailed) {
            return List.of("  " + what + " " + Words.of(trigger));
        }
        List<String> lines = new ArrayList<>();
        trigger.forEach(occurs -> lines.add("  " + what + " " + occurs.event() + " (job: "
                + occurs.matches().stream()
                        .filter(match -> match.name().orElse("JOB").equals("JOB"))
                        .findFirst()
                        .map(Trigger.Match::pattern)
                        .orElse("")
                + ", env: "
                + occurs.matches().stream()
                        .filter(match -> match.name().isPresent())
                        .map(Words::of)
                        .collect(Collectors.joining(" "))
                + ")"));
        return lines;
    }

    private Outcome check(Optional<String> name) {
        EventSupply supply = new EventSupply(engine.jobs(), board.otherUnits());
        Outcome told = each(name, job -> {
            List<String> lines = new ArrayList<>();
            job.startOn()
                    .map(supply::missing)
                    .filter(missing -> !missing.isEmpty())
                    .ifPresent(missing -> lines.add("  start on: " + String.join(", ", missing)));
            job.stopOn()
                    .map(supply::missing)
                    .filter(missing -> !missing.isEmpty())
                    .ifPresent(missing -> lines.add("  stop on: " + String.join(", ", missing)));
            return lines.isEmpty() ? "" : job.name() + "\n" + String.join("\n", lines);
        });
        boolean isSound = !told.succeeded() || told.message().isEmpty();
        return isSound ? told : new Outcome.Failed(told.message());
    }

    private Outcome usage(String name) {
        return engine.job(name)
                .<Outcome>map(
                        job -> new Outcome.Done("Usage: " + job.notes().usage().orElse("")))
                .orElseGet(() -> new Outcome.Unknown("Unknown job: " + name));
    }

    private Outcome variables(JobCommand.Variables command) {
        if (command.of().isEmpty()) {
            return variables(engine.shared(), command, engine::share, engine::shareNothing);
        }
        JobCommand.Instance wanted = command.of().get();
        Optional<JobInstance> instance = engine.instances(wanted.job()).stream()
                .filter(one -> one.name().equals(wanted.name()))
                .findFirst();
        return instance.map(one -> variables(one.environment(), command, one::set, one::resetVariables))
                .orElseGet(() -> new Outcome.Unknown("Unknown job instance: " + wanted.job()
                        + (wanted.name().isEmpty() ? "" : " (" + wanted.name() + ")")));
    }

    private static Outcome variables(
            SequencedMap<String, String> present,
            JobCommand.Variables command,
            BiConsumer<String, Optional<String>> set,
            Runnable reset) {
        if (command.change().isEmpty()) {
            return shown(present, command.only());
        }
        switch (command.change().get()) {
            case JobCommand.Change.Set(String name, String value, boolean keeps) -> {
                if (!keeps || !present.containsKey(name)) {
                    set.accept(name, Optional.of(value));
                }
            }
            case JobCommand.Change.Unset(String name) -> set.accept(name, Optional.empty());
            case JobCommand.Change.Reset() -> reset.run();
        }
        return new Outcome.Done("");
    }

    private static Outcome shown(SequencedMap<String, String> present, Optional<String> only) {
        if (only.isPresent()) {
            return Optional.ofNullable(present.get(only.get()))
                    .<Outcome>map(Outcome.Done::new)
                    .orElseGet(() -> new Outcome.Failed("No such variable: " + only.get()));
        }
        return new Outcome.Done(present.entrySet().stream()
                .map(variable -> variable.getKey() + "=" + variable.getValue())
                .collect(Collectors.joining("\n")));
    }
}
