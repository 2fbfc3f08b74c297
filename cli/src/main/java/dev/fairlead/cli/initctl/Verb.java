package dev.fairlead.cli.initctl;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/// A command of initctl.
///
/// @param operands as the usage shows them
/// @param options its own, in their long form
/// @param names whose job it is about: it may be left out inside of a job
/// @param summary one line
record Verb(String name, String operands, Set<String> options, Subject names, String summary) {
    /// What its words are.
    enum Subject {
        /// A job, then `KEY=VALUE`.
        JOB,
        /// An event, then `KEY=VALUE`.
        EVENT,
        /// A job or nothing.
        ANY_JOB,
        /// A variable, perhaps with its value.
        VARIABLE,
        /// One word or none, which is left aside.
        WORD,
        NOTHING
    }

    private static final Set<String> WAIT = Set.of("--no-wait");
    private static final Set<String> SCOPE = Set.of("--global", "--retain");

    static final List<Verb> ALL = List.of(
            new Verb("start", "JOB [KEY=VALUE]...", WAIT, Subject.JOB, "Start job."),
            new Verb("stop", "JOB [KEY=VALUE]...", WAIT, Subject.JOB, "Stop job."),
            new Verb("restart", "JOB [KEY=VALUE]...", WAIT, Subject.JOB, "Restart job."),
            new Verb("reload", "JOB [KEY=VALUE]...", Set.of(), Subject.JOB, "Send HUP signal to process of job."),
            new Verb("status", "JOB [KEY=VALUE]...", Set.of(), Subject.JOB, "Query status of job."),
            new Verb("list", "", Set.of(), Subject.NOTHING, "List known jobs."),
            new Verb("emit", "EVENT [KEY=VALUE]...", WAIT, Subject.EVENT, "Emit an event."),
            new Verb("reload-configuration", "", Set.of(), Subject.NOTHING, "Reload the configuration of the stack."),
            new Verb("version", "", Set.of(), Subject.NOTHING, "Request the version of the init daemon."),
            new Verb("log-priority", "[PRIORITY]", Set.of(), Subject.WORD, "Accepted; nothing is changed."),
            new Verb(
                    "show-config",
                    "[CONF]",
                    Set.of("--enumerate"),
                    Subject.ANY_JOB,
                    "Show emits, start on and stop on details for job configurations."),
            new Verb(
                    "check-config",
                    "[CONF]",
                    Set.of("--warn", "--ignore-events"),
                    Subject.ANY_JOB,
                    "Check for unreachable jobs/event conditions."),
            new Verb("usage", "JOB", Set.of(), Subject.JOB, "Show job usage message if available."),
            new Verb("list-env", "", SCOPE, Subject.NOTHING, "Show all variables that jobs are started with."),
            new Verb("get-env", "VARIABLE", SCOPE, Subject.VARIABLE, "Show one of them."),
            new Verb("set-env", "VARIABLE[=VALUE]", SCOPE, Subject.VARIABLE, "Set one of them."),
            new Verb("unset-env", "VARIABLE", SCOPE, Subject.VARIABLE, "Unset one of them."),
            new Verb("reset-env", "", SCOPE, Subject.NOTHING, "Forget all that were set."),
            new Verb("list-sessions", "", Set.of(), Subject.NOTHING, "There are none: prints nothing."),
            new Verb("notify-disk-writeable", "", Set.of(), Subject.NOTHING, "Accepted; logs are kept anyway."),
            new Verb("notify-dbus-address", "ADDRESS", Set.of(), Subject.WORD, "Accepted; there is no D-Bus."),
            new Verb("notify-cgroup-manager-address", "ADDRESS", Set.of(), Subject.WORD, "Accepted."),
            new Verb("help", "", Set.of(), Subject.NOTHING, "Display list of commands."));

    static Optional<Verb> find(String name) {
        return ALL.stream().filter(verb -> verb.name.equals(name)).findFirst();
    }

    static Stream<String> allNames() {
        return ALL.stream().map(Verb::name);
    }
}
