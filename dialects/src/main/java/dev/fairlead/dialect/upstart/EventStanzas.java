package dev.fairlead.dialect.upstart;

import static dev.fairlead.dialect.upstart.Stanza.followed;

import dev.fairlead.model.service.Trigger;
import dev.fairlead.model.service.execution.EnvironmentSource;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/// Stanzas about when a job runs, what it is told then, and how often it may.
final class EventStanzas {
    private static final Pattern VARIABLE = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*");

    static final List<Stanza> ROWS = List.of(
            followed(
                    "start",
                    "on EVENT [[KEY=]VALUE]... [and|or ...]",
                    "starts the job; globs, `!=`, parentheses and `$VARIABLE` of `env` as in init(5)",
                    reading -> on(reading).ifPresent(trigger -> reading.draft().startOn = Optional.of(trigger))),
            followed(
                    "stop",
                    "on EVENT [[KEY=]VALUE]... [and|or ...]",
                    "stops the job; `$VARIABLE` may also be what the job was started with",
                    reading -> on(reading).ifPresent(trigger -> reading.draft().stopOn = Optional.of(trigger))),
            followed("manual", "", "forgets `start on`, in a job or in its `.override`", reading -> {
                reading.draft().startOn = Optional.empty();
                reading.end();
            }),
            followed("task", "", "starting the job means waiting until it has ended", reading -> {
                reading.draft().isTask = true;
                reading.end();
            }),
            followed(
                    "instance",
                    "NAME",
                    "one job for each value of the `$VARIABLE` in it",
                    reading -> reading.only("a name, such as $PORT").ifPresent(word -> instance(word, reading))),
            followed("env", "KEY[=VALUE]", "a default; without a value that of this program", EventStanzas::env),
            followed(
                    "export",
                    "KEY...",
                    "variables that the job's own events carry",
                    reading -> reading.each("names of variables", EventStanzas::export)));

    private EventStanzas() {}

    private static Optional<Trigger> on(StanzaReading reading) {
        return reading.oneOf(List.of("on")).flatMap(_ -> Triggers.read(reading));
    }

    private static void instance(Word word, StanzaReading reading) {
        if (Expansion.isSound(word.text())) {
            reading.draft().instance = Optional.of(word.text());
        } else {
            reading.error("upstart.braces", word.span(), "Mismatched braces", "${NAME} is closed by } behind its name");
        }
    }

    private static void env(StanzaReading reading) {
        Optional<Word> word = reading.only("KEY=VALUE");
        if (word.isEmpty()) {
            return;
        }
        String text = word.get().text();
        int equals = text.indexOf('=');
        String name = equals < 0 ? text : text.substring(0, equals);
        if (!VARIABLE.matcher(name).matches()) {
            reading.error(
                    "upstart.variable",
                    word.get().span(),
                    "Expected variable name before value",
                    "a name of letters, digits and _, then = and the value");
            return;
        }
        reading.draft().environment.remove(name);
        reading.draft()
                .environment
                .put(
                        name,
                        equals < 0
                                ? new EnvironmentSource.Inherited(
                                        name, word.get().span())
                                : new EnvironmentSource.Variable(
                                        name,
                                        text.substring(equals + 1),
                                        word.get().span()));
    }

    private static void export(Word word, StanzaReading reading) {
        if (VARIABLE.matcher(word.text()).matches()) {
            reading.draft().exports.add(word.text());
        } else {
            reading.error(
                    "upstart.variable",
                    word.span(),
                    "Expected variable name",
                    "export names variables; env KEY=VALUE gives them values");
        }
    }
}
