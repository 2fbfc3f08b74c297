package dev.fairlead.cli.lint;

import dev.fairlead.cli.stack.CompiledStack;
import dev.fairlead.model.service.Job;
import dev.fairlead.model.service.Trigger;
import dev.fairlead.model.service.execution.Command;
import dev.fairlead.model.service.execution.OutputTarget;
import dev.fairlead.process.events.EventSupply;
import dev.fairlead.source.Diagnostic;
import dev.fairlead.source.Problems;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Jobs that live by events: those that no event ever starts, and stanzas that rarely do what was meant.
final class JobLint {
    static final String NEVER = "lint.never-started";
    static final String EVENT = "lint.unknown-event";
    static final String UNLIMITED = "lint.respawn-unlimited";
    static final String EXPECT = "lint.expect-mismatch";
    static final String SU = "lint.su-in-job";
    static final String CONSOLE = "lint.console-output";

    private static final Pattern NO_RUNLEVEL = Pattern.compile("[^0-6Ss\\[\\]!^*?-]");

    /// Programs that put themselves into the background, unless they are told not to.
    private static final Pattern DAEMON = Pattern.compile(
            "(?:^|\\s|/)(?:nginx\\b(?!.*daemon off)|gunicorn\\b.*\\s(?:--daemon\\b|-D\\b)|haproxy\\b.*\\s-D\\b"
                    + "|uwsgi\\b.*\\s(?:--daemonize|-d)\\b|memcached\\b.*\\s-d\\b|redis-server\\b.*--daemonize yes"
                    + "|sshd\\b(?!.*\\s-D\\b)|start-stop-daemon\\b.*\\s(?:--background|-b)\\b)");
    /// Programs that stay where they are, unless they are told otherwise.
    private static final Pattern FOREGROUND = Pattern.compile(
            "(?:^|\\s|/)(?:gunicorn\\b(?!.*\\s(?:--daemon\\b|-D\\b))|nginx\\b.*daemon off|haproxy\\b.*\\s-db\\b"
                    + "|node\\b|uvicorn\\b|sleep\\b|tail\\s+-[fF])");
    private static final Pattern SWITCHES =
            Pattern.compile("^(?:exec\\s+)?(?:/usr)?(?:/bin/)?su\\s+(.*)$", Pattern.DOTALL);
    private static final Pattern HAS_COMMAND = Pattern.compile("(?:^|\\s)(?:-c|--command)\\b");

    private final List<Job> jobs;
    private final EventSupply supply;
    private final Problems problems;

    private JobLint(CompiledStack stack, Problems problems) {
        this.jobs = stack.units().units().stream()
                .filter(Job.class::isInstance)
                .map(Job.class::cast)
                .toList();
        List<String> others = new ArrayList<>(stack.layout().programs());
        stack.units().services().forEach(service -> others.add(service.name().replaceFirst("(@.*)?\\.service$", "")));
        this.supply = new EventSupply(jobs, others);
        this.problems = problems;
    }

    static void look(CompiledStack stack, Problems problems) {
        JobLint lint = new JobLint(stack, problems);
        lint.jobs.forEach(lint::look);
    }

    private void look(Job job) {
        job.startOn().ifPresent(trigger -> trigger.forEach(this::slips));
        job.stopOn().ifPresent(trigger -> trigger.forEach(this::slips));
        start(job);
        job.respawn()
                .filter(Job.Respawn::isUnlimited)
                .ifPresent(respawn -> problems.warning(
                        UNLIMITED,
                        respawn.origin(),
                        job.name() + " comes back for ever, however often it ends",
                        "a program that ends at once is then started again and again, without a pause: say respawn limit COUNT"
                                + " INTERVAL"));
        job.processes().main().ifPresent(main -> {
            expect(job, main);
            su(job, main);
        });
        if (job.execution().output() instanceof OutputTarget.Inherit) {
            problems.add(Diagnostic.note(
                            CONSOLE,
                            job.origin(),
                            "what " + job.name() + " prints is not kept: it goes to where this program prints")
                    .hint("console log, or no console at all, keeps it for fairlead logs " + job.name()));
        }
    }

    /// Events that are nearly those that come, and runlevels that there are not. Upstart waits for them all the
    /// same.
    private void slips(Trigger.Occurs occurs) {
        supply.meant(occurs)
                .ifPresent(meant -> problems.warning(
                        EVENT, occurs.origin(), "unknown event " + occurs.event(), "did you mean " + meant + "?"));
        if (!occurs.event().equals("runlevel")) {
            return;
        }
        occurs.matches().stream()
                .filter(match -> match.name().orElse("RUNLEVEL").equals("RUNLEVEL"))
                .findFirst()
                .filter(match -> match.pattern().indexOf('$') < 0)
                .ifPresent(match -> NO_RUNLEVEL
                        .matcher(match.pattern())
                        .results()
                        .findFirst()
                        .ifPresent(strange -> problems.warning(
                                EVENT,
                                match.origin(),
                                "there is no runlevel " + strange.group(),
                                "0 to 6 and S: start on runlevel [2345], stop on runlevel [!2345]")));
    }

    private void start(Job job) {
        if (job.startOn().isEmpty()) {
            if (!isStartedByOthers(job)) {
                problems.add(Diagnostic.note(NEVER, job.origin(), "no event starts " + job.name())
                        .hint("initctl start " + job.name()
                                + " does; start on runlevel [2345] has it come up with the stack"));
            }
            return;
        }
        missing(job, job.startOn().get());
    }

    /// What keeps a trigger from ever holding: of two that may hold in place of each other nothing, if one can.
    private void missing(Job job, Trigger trigger) {
        if (supply.canHold(trigger)) {
            return;
        }
        switch (trigger) {
            case Trigger.Occurs occurs ->
                supply.missing(occurs)
                        .filter(_ -> supply.meant(occurs).isEmpty())
                        .ifPresent(missing -> problems.warning(
                                NEVER,
                                occurs.origin(),
                                "nothing in this stack starts " + job.name() + ": " + missing,
                                "initctl emit may bring it; emits in the job that does says so"));
            case Trigger.Both both -> {
                missing(job, both.left());
                missing(job, both.right());
            }
            case Trigger.Either either -> {
                missing(job, either.left());
                missing(job, either.right());
            }
        }
    }

    private boolean isStartedByOthers(Job job) {
        Pattern start =
                Pattern.compile("(?:^|[\\s;&|])start\\s+(?:-n\\s+)?" + Pattern.quote(job.name()) + "(?![\\w/-])");
        return jobs.stream()
                .filter(other -> !other.equals(job))
                .flatMap(other ->
                        List.of(Job.Part.values()).stream().flatMap(process -> other.processes().of(process).stream()))
                .anyMatch(command -> start.matcher(text(command)).find());
    }

    private void expect(Job job, Command main) {
        String command = last(text(main));
        boolean goesBehind = DAEMON.matcher(command).find() || command.endsWith("&");
        boolean forks = job.readiness().forks() > 0;
        if (goesBehind && job.readiness() == Job.Readiness.AT_ONCE) {
            problems.warning(
                    EXPECT,
                    main.origin(),
                    "what " + job.name() + " starts goes into the background: the job counts as stopped at once",
                    "keep it in the foreground, or say expect daemon (expect fork, if it forks once)");
        } else if (forks && !goesBehind && FOREGROUND.matcher(command).find()) {
            problems.warning(
                    EXPECT,
                    main.origin(),
                    "what " + job.name()
                            + " starts stays in the foreground: the job waits for a fork that does not come",
                    "leave out expect");
        }
    }

    private void su(Job job, Command main) {
        Matcher switches = SWITCHES.matcher(last(text(main)));
        if (!switches.find()) {
            return;
        }
        boolean hasCommand = HAS_COMMAND.matcher(switches.group(1)).find();
        long words = List.of(switches.group(1).strip().split("\\s+", -1)).stream()
                .filter(word -> !word.startsWith("-"))
                .count();
        if (!hasCommand && words > 1) {
            problems.warning(
                    SU,
                    main.origin(),
                    "su hands what stands behind the user to a shell as a script: a program is not run by that",
                    "say setuid USER and exec the program itself, or su USER -c 'exec PROGRAM'");
        } else {
            problems.add(Diagnostic.note(
                            SU, main.origin(), "signals for " + job.name() + " go to su, in front of the program")
                    .hint("say setuid USER and exec the program itself"));
        }
    }

    /// The words of a command, or the text that a shell is given.
    private static String text(Command command) {
        List<String> words = command.arguments();
        boolean isShell =
                words.size() == 4 && words.get(1).equals("-e") && words.get(2).equals("-c");
        return isShell ? words.get(3) : String.join(" ", words);
    }

    /// The last line that says something.
    private static String last(String text) {
        return text.lines()
                .map(String::strip)
                .filter(line -> !line.isEmpty() && !line.startsWith("#"))
                .reduce((earlier, later) -> later)
                .orElse("");
    }
}
