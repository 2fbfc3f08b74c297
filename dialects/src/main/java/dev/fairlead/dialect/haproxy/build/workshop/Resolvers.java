package dev.fairlead.dialect.haproxy.build.workshop;

import dev.fairlead.dialect.haproxy.scope.Entry;
import dev.fairlead.dialect.haproxy.scope.Section;
import dev.fairlead.dialect.haproxy.syntax.Word;
import dev.fairlead.dialect.haproxy.table.Context;
import dev.fairlead.dialect.haproxy.value.Figures;
import dev.fairlead.dialect.haproxy.value.Networks;
import dev.fairlead.model.http.Forward;
import dev.fairlead.model.http.Rule;
import dev.fairlead.model.text.Template;
import dev.fairlead.model.text.Variable;
import dev.fairlead.model.upstream.NameLookup;
import dev.fairlead.model.upstream.NameServers;
import dev.fairlead.source.Span;
import java.io.IOException;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Reads sections `resolvers`, for servers whose names are followed while the program runs, and for
/// `do-resolve(VARIABLE,RESOLVERS[,ipv4|ipv6]) HOST`, which asks their name servers.
public final class Resolvers {
    public static final String ACTION = "do-resolve";

    private static final String MACHINES = "/etc/resolv.conf";
    /// The section that is there without being written: the machine's name servers.
    private static final String USUAL = "default";
    private static final Duration PATIENCE = Duration.ofSeconds(1);
    private static final Duration VALID = Duration.ofSeconds(10);
    private static final int TRIES = 3;
    private static final int MOST_TRIES = 10;

    private static final Duration HELD = Duration.ofSeconds(30);
    private static final int ANSWER_SIZE = 512;
    private static final int LEAST_SIZE = 12;
    private static final int MOST_SIZE = 65_535;
    private static final int DNS_PORT = 53;
    private static final Set<String> HOLDS = Set.of("nx", "timeout", "refused", "obsolete", "valid", "other");
    private static final Set<String> TIMEOUTS = Set.of("retry", "resolve");

    private final Workshop workshop;
    private final Map<String, Optional<NameServers>> read = new LinkedHashMap<>();
    private @Nullable List<String> machines;

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
        NameLookup.Family family = arguments.size() < 3 || arguments.get(2).equals("ipv6")
                ? NameLookup.Family.IPV6_FIRST
                : NameLookup.Family.IPV4_FIRST;
        boolean isKnown = workshop.resolvers().isKnown(arguments.get(1), action);
        return target.isEmpty() || !isKnown
                ? Optional.empty()
                : Optional.of(new Rule.Resolve(
                        target.get(),
                        host,
                        new Forward.Resolver(workshop.resolvers().servers(arguments.get(1), action.span()), family, at),
                        at));
    }

    /// All sections, and the one of the machine.
    public List<NameServers> all() {
        List<NameServers> all = new ArrayList<>();
        workshop.configuration()
                .of(Context.RESOLVERS)
                .forEach(section -> servers(section.name(), section.origin()).ifPresent(all::add));
        if (!isWritten(USUAL)) {
            unwritten().ifPresent(all::add);
        }
        return all;
    }

    /// The machine's, if it says which they are; nobody is told where it does not.
    private Optional<NameServers> unwritten() {
        try {
            return readMachines().isEmpty() ? Optional.empty() : servers(USUAL, Span.builtIn());
        } catch (IOException unreadable) {
            return Optional.empty();
        }
    }

    public boolean isKnown(String name) {
        return name.equals(USUAL) || isWritten(name);
    }

    private boolean isWritten(String name) {
        return workshop.configuration().named(Context.RESOLVERS, name).isPresent();
    }

    /// The name servers of a section; empty if it has none, or if there is no such section.
    public Optional<NameServers> servers(Word name) {
        return servers(name.text(), name.span());
    }

    private Optional<NameServers> servers(String name, Span at) {
        Optional<NameServers> known = read.get(name);
        if (known == null) {
            known = workshop.configuration()
                    .named(Context.RESOLVERS, name)
                    .map(this::servers)
                    .or(() -> name.equals(USUAL) ? usual(at) : Optional.empty())
                    .filter(found -> !found.servers().isEmpty());
            read.put(name, known);
        }
        return known;
    }

    private Optional<NameServers> usual(Span at) {
        List<NameServers.Server> servers =
                machines(at).stream().map(Resolvers::machine).toList();
        NameServers.Holds holds = new NameServers.Holds(Duration.ZERO, HELD, HELD, HELD, HELD, HELD);
        return Optional.of(new NameServers(
                USUAL,
                servers,
                false,
                TRIES,
                Optional.of(VALID),
                Optional.of(PATIENCE),
                PATIENCE,
                PATIENCE,
                holds,
                ANSWER_SIZE,
                at));
    }

    private static NameServers.Server machine(String host) {
        String bare = host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
        return new NameServers.Server(bare, bare, DNS_PORT, false);
    }

    private NameServers servers(Section section) {
        List<NameServers.Server> servers = new ArrayList<>();
        Map<String, Duration> times = new HashMap<>();
        int tries = TRIES;
        int size = ANSWER_SIZE;
        for (Entry entry : section.entries()) {
            switch (entry.name()) {
                case "nameserver" -> address(entry).ifPresent(servers::add);
                case "parse-resolv-conf" -> machines(entry.origin()).forEach(host -> servers.add(machine(host)));
                case "resolve_retries" ->
                    tries = Figures.between(entry.text(0), 1, MOST_TRIES).orElse(tries);
                case "accepted_payload_size" -> size = size(entry);
                case "hold", "timeout" ->
                    known(entry)
                            .flatMap(this::time)
                            .ifPresent(time -> times.put(entry.name() + " " + entry.text(0), time));
                default -> {}
            }
        }
        return new NameServers(
                section.name(),
                servers,
                false,
                tries,
                Optional.of(times.getOrDefault("hold valid", VALID)),
                Optional.of(times.getOrDefault("timeout resolve", PATIENCE)),
                times.getOrDefault("timeout resolve", PATIENCE),
                times.getOrDefault("timeout retry", PATIENCE),
                new NameServers.Holds(
                        times.getOrDefault("hold obsolete", Duration.ZERO),
                        times.getOrDefault("hold nx", HELD),
                        times.getOrDefault("hold other", HELD),
                        times.getOrDefault("hold timeout", HELD),
                        times.getOrDefault("hold refused", HELD),
                        times.getOrDefault("hold other", HELD)),
                size,
                section.origin());
    }

    /// The entry, if what it is about is known.
    private Optional<Entry> known(Entry entry) {
        boolean isHold = entry.name().equals("hold");
        if ((isHold ? HOLDS : TIMEOUTS).contains(entry.text(0))) {
            return Optional.of(entry);
        }
        workshop.problems()
                .error(
                        "haproxy.arguments",
                        entry.arg(0).span(),
                        isHold
                                ? "'hold' unknown <event>: '" + entry.text(0)
                                        + "', expects either 'nx', 'timeout', 'valid', 'obsolete' or 'other'."
                                : "'timeout' expects 'retry' or 'resolve' and <time> as arguments got '" + entry.text(0)
                                        + "'.");
        return Optional.empty();
    }

    private int size(Entry entry) {
        return Figures.between(entry.text(0), LEAST_SIZE, MOST_SIZE).orElseGet(() -> {
            workshop.problems()
                    .error(
                            "haproxy.number",
                            entry.arg(0).span(),
                            "'accepted_payload_size' must be between " + LEAST_SIZE + " and " + MOST_SIZE
                                    + " inclusive (was " + entry.text(0) + ").");
            return ANSWER_SIZE;
        });
    }

    /// `NAME [udp@|tcp@]IP:PORT`
    private Optional<NameServers.Server> address(Entry entry) {
        Word word = entry.arg(1);
        String text = word.text().substring(word.text().indexOf('@') + 1);
        int colon = text.lastIndexOf(':');
        String host = colon < 0 ? text : text.substring(0, colon).replaceAll("^\\[|\\]$", "");
        Optional<Integer> port =
                colon < 0 ? Optional.empty() : Figures.between(text.substring(colon + 1), 1, MOST_SIZE);
        if (port.isEmpty() || Networks.bytes(host).isEmpty()) {
            workshop.problems()
                    .error(
                            "haproxy.address",
                            word.span(),
                            "'nameserver " + entry.text(0) + "' : "
                                    + (port.isEmpty()
                                            ? "missing port specification in '" + text + "'"
                                            : "invalid address: '" + host + "' in '" + text + "'"),
                            "the address in digits and the port: 192.0.2.53:53");
            return Optional.empty();
        }
        boolean isByTcp = word.text().startsWith("tcp") || word.text().startsWith("stream");
        return Optional.of(new NameServers.Server(entry.text(0), host, port.get(), isByTcp));
    }

    private boolean isKnown(String name, Word wanted) {
        boolean isKnown = isKnown(name);
        if (!isKnown) {
            workshop.problems()
                    .error(
                            "haproxy.no-resolvers",
                            wanted.span(),
                            "Can't find resolvers section '" + name + "' for " + ACTION + " action.",
                            "a section: resolvers " + name);
        }
        return isKnown;
    }

    private Optional<Duration> time(Entry entry) {
        return workshop.delay(entry.arg(1), entry.name() + " " + entry.text(0), ChronoUnit.MILLIS);
    }

    /// The machine's name servers; none where it cannot be read which they are.
    private List<String> machines(Span at) {
        try {
            return readMachines();
        } catch (IOException unreadable) {
            workshop.problems()
                    .warning(
                            "haproxy.file",
                            at,
                            "unable to open " + MACHINES + ": names are resolved as the machine does it");
            return List.of();
        }
    }

    private List<String> readMachines() throws IOException {
        List<String> known = machines;
        if (known == null) {
            known = machines(workshop.read(MACHINES));
            machines = known;
        }
        return known;
    }

    private static List<String> machines(String text) {
        return text.lines()
                .map(line -> line.strip().split("\\s+", -1))
                .filter(words -> words.length > 1 && words[0].equals("nameserver"))
                .map(words -> words[1].indexOf(':') < 0 ? words[1] : "[" + words[1] + "]")
                .toList();
    }
}
