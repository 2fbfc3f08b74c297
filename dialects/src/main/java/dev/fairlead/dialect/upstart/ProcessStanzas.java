package dev.fairlead.dialect.upstart;

import static dev.fairlead.dialect.upstart.Stanza.followed;

import dev.fairlead.model.service.Job;
import dev.fairlead.model.service.execution.Command;
import dev.fairlead.model.service.lifecycle.Signal;
import dev.fairlead.source.Span;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// Stanzas about the processes of a job: what they run, when they count as up, how they come back and end.
final class ProcessStanzas {
    private static final String SHELL = "/bin/sh";
    /// With one of these in it a command is given to a shell.
    private static final String FOR_THE_SHELL = "~`!$^&*()=|\\{}[];\"'<>?";
    private static final int LARGEST_CODE = 255;
    private static final List<String> WAYS = List.of("exec", "script");

    static final List<Stanza> ROWS = List.of(
            followed(
                    "exec",
                    "COMMAND [ARG]...",
                    "the main process; with a character that means something to a shell, run by `sh -e`",
                    reading -> exec(Job.Part.MAIN, reading)),
            followed(
                    "script",
                    "... end script",
                    "the main process as lines for `sh -e`",
                    reading -> script(Job.Part.MAIN, reading)),
            around(Job.Part.PRE_START, "before the main process; if it fails the job stops"),
            around(Job.Part.POST_START, "when the main process is up, before the job counts as running"),
            around(Job.Part.PRE_STOP, "before the main process is asked to end; `start` in it cancels the stop"),
            around(Job.Part.POST_STOP, "after the main process has ended"),
            followed(
                    "respawn",
                    "[limit COUNT INTERVAL | limit unlimited]",
                    "comes back when it ends by itself; more than COUNT times in INTERVAL seconds (10 in 5) stop it",
                    ProcessStanzas::respawn),
            followed(
                    "expect",
                    "fork | daemon | stop | none",
                    "when the main process counts as up; forks are found by looking, not by tracing (see above)",
                    ProcessStanzas::expect),
            followed("kill", "timeout SECONDS | signal SIGNAL", "how the main process is ended", ProcessStanzas::kill),
            followed(
                    "reload",
                    "signal SIGNAL",
                    "what `initctl reload` sends; HUP without it",
                    reading -> reading.oneOf(List.of("signal"))
                            .flatMap(_ -> reading.only("a signal"))
                            .flatMap(word -> signal(word, reading))
                            .ifPresent(signal -> reading.draft().reloadSignal = signal)),
            followed(
                    "normal",
                    "exit STATUS|SIGNAL...",
                    "endings that are no failure and that the job does not come back from",
                    reading -> reading.oneOf(List.of("exit"))
                            .ifPresent(_ -> reading.each("exit statuses or signals", ProcessStanzas::normalExit))));

    private ProcessStanzas() {}

    private static Stanza around(Job.Part process, String doc) {
        return followed(
                process.word(),
                "exec COMMAND [ARG]... | script ... end script",
                doc,
                reading -> reading.oneOf(WAYS).ifPresent(way -> {
                    if (way.text().equals("exec")) {
                        exec(process, reading);
                    } else {
                        script(process, reading);
                    }
                }));
    }

    private static void exec(Job.Part process, StanzaReading reading) {
        Word command = reading.text().command();
        reading.text().nextLine();
        if (command.text().isEmpty()) {
            reading.error(
                    "upstart.expected-token",
                    reading.name().span().after(),
                    "Expected token",
                    "\"exec\" needs a command");
            return;
        }
        String text = reading.options().inText(command.text());
        boolean isForShell = text.chars().anyMatch(c -> FOR_THE_SHELL.indexOf(c) >= 0);
        put(
                process,
                isForShell ? shell("exec " + text, command.span()) : plain(text.split("\\s+", -1), command.span()),
                reading);
    }

    private static void script(Job.Part process, StanzaReading reading) {
        if (!reading.text().isAtEndOfLine()) {
            reading.end();
            return;
        }
        reading.text()
                .block("script", reading.name().span())
                .ifPresent(block -> put(process, shell(reading.options().inText(block.text()), block.span()), reading));
    }

    private static Command plain(String[] words, Span span) {
        return new Command(words[0], List.of(words), false, false, Command.Privileges.OF_SERVICE, span);
    }

    private static Command shell(String text, Span span) {
        return new Command(SHELL, List.of(SHELL, "-e", "-c", text), false, false, Command.Privileges.OF_SERVICE, span);
    }

    private static void put(Job.Part process, Command command, StanzaReading reading) {
        reading.draft().processes.put(process, command);
    }

    private static void respawn(StanzaReading reading) {
        if (reading.text().isAtEndOfLine()) {
            reading.draft().respawn =
                    Optional.of(Job.Respawn.usual(reading.name().span()));
            reading.end();
            return;
        }
        reading.oneOf(List.of("limit"))
                .flatMap(_ -> reading.next("COUNT and INTERVAL, or unlimited"))
                .ifPresent(count -> limit(count, reading));
    }

    private static void limit(Word count, StanzaReading reading) {
        if (count.text().equals("unlimited")) {
            reading.draft().respawnLimit = Optional.of(new Job.Respawn(0, Duration.ZERO, true, count.span()));
            reading.end();
            return;
        }
        Optional<Integer> times = reading.number(
                count, 0, Integer.MAX_VALUE, "upstart.limit", "Illegal limit, expected 'unlimited' or integer");
        Optional<Word> interval = reading.only("an interval in seconds behind the count");
        Optional<Integer> seconds = interval.flatMap(word -> reading.number(
                word, 0, Integer.MAX_VALUE, "upstart.interval", "Illegal interval, expected number of seconds"));
        if (times.isPresent() && seconds.isPresent()) {
            reading.draft().respawnLimit = Optional.of(new Job.Respawn(
                    times.get(),
                    Duration.ofSeconds(seconds.get()),
                    true,
                    count.span().to(interval.get().span())));
        }
    }

    private static void expect(StanzaReading reading) {
        reading.oneOf(List.of("fork", "daemon", "stop", "none")).ifPresent(word -> {
            reading.draft().readiness = switch (word.text()) {
                case "fork" -> Job.Readiness.FORKED;
                case "daemon" -> Job.Readiness.DAEMON;
                case "stop" -> Job.Readiness.STOPPED;
                default -> Job.Readiness.AT_ONCE;
            };
            reading.end();
        });
    }

    private static void kill(StanzaReading reading) {
        Optional<Word> what = reading.oneOf(List.of("timeout", "signal"));
        if (what.isEmpty()) {
            return;
        }
        boolean isSignal = what.get().text().equals("signal");
        Optional<Word> value = reading.only(isSignal ? "a signal" : "a number of seconds");
        if (isSignal) {
            value.flatMap(word -> signal(word, reading)).ifPresent(signal -> reading.draft().killSignal = signal);
        } else {
            value.flatMap(word -> reading.number(
                            word,
                            0,
                            Integer.MAX_VALUE,
                            "upstart.interval",
                            "Illegal interval, expected number of seconds"))
                    .ifPresent(seconds -> reading.draft().killTimeout = Duration.ofSeconds(seconds));
        }
    }

    private static Optional<Signal> signal(Word word, StanzaReading reading) {
        Optional<Signal> signal = Signal.parse(word.text());
        if (signal.isEmpty()) {
            reading.error(
                    "upstart.signal",
                    word.span(),
                    "Illegal signal status, expected signal name",
                    "such as TERM or HUP");
        }
        return signal;
    }

    private static void normalExit(Word word, StanzaReading reading) {
        if (!word.text().isEmpty() && word.text().chars().allMatch(Character::isDigit)) {
            reading.number(word, 0, LARGEST_CODE, "upstart.exit-status", "Illegal exit status, expected integer")
                    .ifPresent(reading.draft().normalCodes::add);
            return;
        }
        Optional<Signal> signal = Signal.parse(word.text());
        if (signal.isEmpty()) {
            reading.error(
                    "upstart.exit-status",
                    word.span(),
                    "Illegal exit status, expected integer",
                    "a status from 0 to 255 or the name of a signal, such as TERM");
        }
        signal.ifPresent(found -> reading.draft().normalSignals.add(found.number()));
    }
}
