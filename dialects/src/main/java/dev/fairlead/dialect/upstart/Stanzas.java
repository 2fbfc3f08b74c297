package dev.fairlead.dialect.upstart;

import static dev.fairlead.dialect.upstart.Stanza.followed;
import static dev.fairlead.dialect.upstart.Stanza.noted;
import static dev.fairlead.dialect.upstart.Stanza.refused;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/// Every stanza of a job file.
final class Stanzas {
    private static final List<Stanza> ABOUT = List.of(
            followed(
                    "description",
                    "TEXT",
                    "names the job for people",
                    reading -> reading.only("a text")
                            .ifPresent(word -> reading.draft().description = Optional.of(word.text()))),
            followed(
                    "author",
                    "TEXT",
                    "kept",
                    reading -> reading.only("a text")
                            .ifPresent(word -> reading.draft().author = Optional.of(word.text()))),
            followed(
                    "version",
                    "TEXT",
                    "kept",
                    reading -> reading.only("a text")
                            .ifPresent(word -> reading.draft().version = Optional.of(word.text()))),
            followed(
                    "usage",
                    "TEXT",
                    "shown by `initctl usage`",
                    reading ->
                            reading.only("a text").ifPresent(word -> reading.draft().usage = Optional.of(word.text()))),
            followed(
                    "emits",
                    "EVENT...",
                    "shown by `initctl show-config`; `check` counts these events among those that come",
                    reading -> reading.each(
                            "the names of events",
                            (word, here) -> here.draft().emits.add(word.text()))));
    private static final List<Stanza> OTHERS = List.of(
            noted("apparmor", "load PROFILE | switch PROFILE", "no profile is loaded or switched to"),
            noted("cgroup", "CONTROLLER ...", "no control groups are made for jobs"),
            noted("debug", "", "processes are not held for a debugger"),
            noted("session", "...", "there are no sessions"),
            noted("service", "", "jobs without task are services anyway"),
            refused("daemon", "", "say \"expect daemon\", as Upstart since 0.5 does"),
            refused("pid", "file FILE | timeout SECONDS", "say \"expect fork\" or \"expect daemon\" instead"),
            refused("stop-script", "", "say \"pre-stop script\", as Upstart since 0.5 does"),
            refused("start-script", "", "say \"pre-start script\", as Upstart since 0.5 does"));

    static final List<Stanza> ROWS = Stream.of(
                    ABOUT, EventStanzas.ROWS, ProcessStanzas.ROWS, SurroundingStanzas.ROWS, OTHERS)
            .flatMap(Collection::stream)
            .toList();
    private static final Map<String, Stanza> BY_NAME = index();

    private Stanzas() {}

    static Optional<Stanza> find(String name) {
        return Optional.ofNullable(BY_NAME.get(name));
    }

    static Collection<String> names() {
        return BY_NAME.keySet();
    }

    private static Map<String, Stanza> index() {
        Map<String, Stanza> all = new LinkedHashMap<>();
        ROWS.forEach(row -> all.put(row.name(), row));
        return all;
    }
}
