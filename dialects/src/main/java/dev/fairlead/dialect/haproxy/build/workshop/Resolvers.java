package dev.fairlead.dialect.haproxy.build.workshop;

import dev.fairlead.dialect.haproxy.scope.Entry;
import dev.fairlead.dialect.haproxy.scope.Section;
import dev.fairlead.dialect.haproxy.syntax.Word;
import dev.fairlead.dialect.haproxy.table.Context;
import dev.fairlead.dialect.haproxy.value.Figures;
import dev.fairlead.model.http.Forward;
import dev.fairlead.model.http.Rule;
import dev.fairlead.model.http.Template;
import dev.fairlead.model.http.Variable;
import dev.fairlead.source.Span;
import java.io.IOException;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// Reads sections `resolvers`, and `do-resolve(VARIABLE,RESOLVERS[,ipv4|ipv6]) HOST`, which asks their name
/// servers.
public final class Resolvers {
    public static final String ACTION = "do-resolve";

    private static final String MACHINES = "/etc/resolv.conf";
    /// The section that is there without being written: the machine's name servers.
    private static final String USUAL = "default";
    private static final Duration PATIENCE = Duration.ofSeconds(1);
    private static final Duration VALID = Duration.ofSeconds(10);
    private static final int TRIES = 3;
    private static final int MOST_TRIES = 10;

    private final Workshop workshop;

    Resolvers(Workshop workshop) {
        this.workshop = workshop;
    }

    /// @param words those behind the action, without a condition
    public static Optional<Rule> rule(Word action, List<Word> words, Formats formats, Span at) {
        Workshop workshop = formats.scene().workshop();
        String text = action.text();
        int open = text.indexOf('(');
        List<String> arguments = open < 0 || !text.endsWith(")")
                ? List.of()
                : Arrays.asList(text.substring(open + 1, text.length() - 1).split(",", -1));
        boolean knowsFamily = arguments.size() < 3 || arguments.get(2).matches("ipv[46]");
        if (arguments.size() < 2 || arguments.size() > 3 || !knowsFamily || words.size() != 1) {
            workshop.problems()
                    .error(
                            "haproxy.rule",
                            action.span(),
                            "'" + text + "' expects a variable, a section of resolvers, perhaps a family, and a host",
                            ACTION + "(txn.address,dns,ipv4) hdr(host),host_only");
            return Optional.empty();
        }
        Template host = formats.expression(words.getFirst());
        Optional<Variable> target = formats.variable(action);
        Optional<Forward.Resolver> by = new Resolvers(workshop).named(arguments.get(1), action);
        boolean prefersIpv6 = arguments.size() < 3 || arguments.get(2).equals("ipv6");
        return target.isEmpty() || by.isEmpty()
                ? Optional.empty()
                : Optional.of(new Rule.Resolve(target.get(), host, by.get(), prefersIpv6, at));
    }

    private Optional<Forward.Resolver> named(String name, Word wanted) {
        Optional<Section> section = workshop.configuration().named(Context.RESOLVERS, name);
        if (section.isEmpty() && !name.equals(USUAL)) {
            workshop.problems()
                    .error(
                            "haproxy.no-resolvers",
                            wanted.span(),
                            "Can't find resolvers section '" + name + "' for " + ACTION + " action.",
                            "a section: resolvers " + name);
        }
        return section.map(this::of)
                .or(() -> name.equals(USUAL)
                        ? Optional.of(resolver(machines(wanted.span()), TRIES, VALID, PATIENCE, wanted.span()))
                        : Optional.empty());
    }

    private Forward.Resolver of(Section section) {
        List<String> servers = new ArrayList<>();
        int tries = TRIES;
        Duration valid = VALID;
        Duration patience = PATIENCE;
        for (Entry entry : section.entries()) {
            switch (entry.name()) {
                case "nameserver" -> server(entry.arg(1)).ifPresent(servers::add);
                case "parse-resolv-conf" -> servers.addAll(machines(entry.origin()));
                case "resolve_retries" ->
                    tries = Figures.between(entry.text(0), 1, MOST_TRIES).orElse(tries);
                case "hold" ->
                    valid = entry.text(0).equals("valid") ? time(entry).orElse(valid) : valid;
                case "timeout" ->
                    patience = entry.text(0).equals("retry") ? time(entry).orElse(patience) : patience;
                default -> {}
            }
        }
        return resolver(servers, tries, valid, patience, section.origin());
    }

    /// Servers that are asked again stand in the list again.
    private static Forward.Resolver resolver(
            List<String> servers, int tries, Duration valid, Duration patience, Span at) {
        List<String> asked = Stream.generate(() -> servers)
                .limit(tries)
                .flatMap(List::stream)
                .toList();
        return new Forward.Resolver(asked, Optional.of(valid), patience, true, at);
    }

    private Optional<Duration> time(Entry entry) {
        return workshop.delay(entry.arg(1), entry.name() + " " + entry.text(0), ChronoUnit.MILLIS);
    }

    private Optional<String> server(Word word) {
        String text = word.text();
        if (text.startsWith("tcp")) {
            workshop.problems()
                    .warning(
                            "haproxy.without-effect",
                            word.span(),
                            "'tcp' of the name server '" + text + "' has no effect: name servers are asked by UDP");
        }
        return Optional.of(text.substring(text.indexOf('@') + 1));
    }

    /// The machine's name servers; none where it cannot be read which they are.
    private List<String> machines(Span at) {
        try {
            return workshop.read(MACHINES)
                    .lines()
                    .map(line -> line.strip().split("\\s+", -1))
                    .filter(words -> words.length > 1 && words[0].equals("nameserver"))
                    .map(words -> words[1].indexOf(':') < 0 ? words[1] : "[" + words[1] + "]")
                    .toList();
        } catch (IOException unreadable) {
            workshop.problems()
                    .warning(
                            "haproxy.file",
                            at,
                            "unable to open " + MACHINES + ": names are resolved as the machine does it");
            return List.of();
        }
    }
}
