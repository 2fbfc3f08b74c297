package dev.fairlead.conformance.upstart;

import dev.fairlead.dialect.FileSource;
import dev.fairlead.dialect.upstart.UpstartDialect;
import dev.fairlead.dialect.upstart.UpstartOptions;
import dev.fairlead.model.service.Job;
import dev.fairlead.model.service.execution.Command;
import dev.fairlead.model.service.lifecycle.Signal;
import dev.fairlead.process.events.EventEngine;
import dev.fairlead.process.events.Goal;
import dev.fairlead.process.events.JobEffects;
import dev.fairlead.process.events.JobInstance;
import dev.fairlead.process.events.JobState;
import dev.fairlead.process.events.Words;
import dev.fairlead.process.state.Ending;
import dev.fairlead.source.Problems;
import dev.fairlead.time.ManualClock;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.SequencedMap;

/// Jobs as texts, and a play of steps. Each step and all that comes of it is written down.
///
/// `emit EVENT KEY=VALUE…`, `start|stop|restart JOB KEY=VALUE…`, `end JOB[/INSTANCE] PROCESS STATUS|SIGNAL`,
/// `ready JOB PID`, `pass SECONDS`, `refuse JOB PROCESS` (cannot be started from now on), `env JOB[/INSTANCE]`,
/// `list`, `share KEY=VALUE`, `forget JOB`.
final class EventPlay {
    private final StringBuilder out = new StringBuilder();
    private final ManualClock clock = new ManualClock(0);
    private final Map<String, Map<String, String>> environments = new HashMap<>();
    private final List<String> steps;
    private final EventEngine engine;
    private String refused = "";
    private int pids = 100;

    private EventPlay(Map<String, String> texts, List<String> steps) {
        this.steps = steps;
        this.engine = new EventEngine(new Stage(), Map.of("LANG", "C", "SECRET", "none of yours"));
        Problems problems = new Problems();
        UpstartOptions options = new UpstartOptions(Optional.empty(), FileSource.of(texts));
        UpstartDialect.load(Path.of("/jobs"), options, problems).forEach(engine::define);
        if (!problems.isEmpty()) {
            out.append(problems.render()).append('\n');
        }
    }

    static EventPlay of(String text) {
        Map<String, String> texts = new LinkedHashMap<>();
        String[] parts = text.split("(?m)^=== ", -1);
        for (String part : parts) {
            int end = part.indexOf('\n');
            if (end > 0) {
                texts.put(part.substring(0, end).strip(), part.substring(end + 1));
            }
        }
        List<String> steps = texts.getOrDefault("play", "")
                .lines()
                .filter(line -> !line.isBlank())
                .toList();
        texts.remove("play");
        Map<String, String> jobs = new LinkedHashMap<>();
        texts.forEach((name, job) -> jobs.put("/jobs/" + name + ".conf", job));
        return new EventPlay(jobs, steps);
    }

    String perform() {
        for (String step : steps) {
            out.append("> ").append(step).append('\n');
            perform(List.of(step.strip().split(" +", -1)));
        }
        return out.toString();
    }

    private void perform(List<String> words) {
        SequencedMap<String, String> variables = new LinkedHashMap<>();
        words.stream()
                .filter(word -> word.contains("="))
                .forEach(word ->
                        variables.put(word.substring(0, word.indexOf('=')), word.substring(word.indexOf('=') + 1)));
        String name = words.size() > 1 ? words.get(1) : "";
        switch (words.getFirst()) {
            case "emit" ->
                engine.emit(name, variables, failed -> line("event " + name + " is over" + (failed ? ", failed" : "")));
            case "start" -> engine.start(name, variables, outcome -> line("started: " + outcome));
            case "stop" -> engine.stop(name, variables, outcome -> line("stopped: " + outcome));
            case "restart" -> engine.restart(name, variables, outcome -> line("restarted: " + outcome));
            case "end" -> engine.ended(instance(name), process(words.get(2)), ending(words.get(3)));
            case "ready" -> engine.ready(instance(name), Integer.parseInt(words.get(2)));
            case "pass" -> clock.advance(Duration.ofSeconds(Long.parseLong(name)));
            case "refuse" -> refused = name + " " + words.get(2);
            case "env" -> line(String.valueOf(environments.get(name)));
            case "share" -> variables.forEach((key, value) -> engine.share(key, Optional.of(value)));
            case "forget" -> engine.forget(name);
            case "list" -> list();
            default -> throw new IllegalArgumentException(words.toString());
        }
    }

    private void list() {
        for (Job job : engine.jobs()) {
            if (engine.instances(job.name()).isEmpty()) {
                line(Words.line(job));
            }
            engine.instances(job.name()).forEach(instance -> line(Words.line(instance)));
        }
    }

    private void line(String text) {
        out.append("    ").append(text).append('\n');
    }

    private JobInstance instance(String name) {
        int slash = name.indexOf('/');
        String job = slash < 0 ? name : name.substring(0, slash);
        return engine.instances(job).stream()
                .filter(one -> one.name().equals(slash < 0 ? "" : name.substring(slash + 1)))
                .findFirst()
                .orElseThrow(() -> new AssertionError("nothing of " + name + " is there\n" + out));
    }

    private static Job.Part process(String word) {
        return List.of(Job.Part.values()).stream()
                .filter(process -> process.word().equals(word))
                .findFirst()
                .orElseThrow();
    }

    private static Ending ending(String word) {
        return Character.isDigit(word.charAt(0))
                ? new Ending.Exited(Integer.parseInt(word))
                : new Ending.Killed(Signal.parse(word).orElseThrow().number(), false);
    }

    private final class Stage implements JobEffects {
        @Override
        public OptionalInt run(JobInstance job, Job.Part process, Command command, Map<String, String> environment) {
            if (refused.equals(job.job().name() + " " + process.word())) {
                line("cannot run " + process.word() + " of " + job.title());
                return OptionalInt.empty();
            }
            String key = job.name().isEmpty() ? job.job().name() : job.job().name() + "/" + job.name();
            environments.put(key, environment);
            line("run " + process.word() + " of " + job.title() + " as " + ++pids);
            return OptionalInt.of(pids);
        }

        @Override
        public void kill(JobInstance job) {
            line("ask main of " + job.title() + " to end");
        }

        @Override
        public void say(Job job, String message) {
            line("\"" + message + "\"");
        }

        @Override
        public void changed(JobInstance job, JobState before) {
            boolean isGone = job.state() == JobState.WAITING && job.goal() == Goal.STOP;
            line(job.title() + " " + job.goal().word() + "/" + job.state().word() + (isGone ? "." : ""));
        }

        @Override
        public long nowNanos() {
            return clock.monotonicNanos();
        }
    }
}
