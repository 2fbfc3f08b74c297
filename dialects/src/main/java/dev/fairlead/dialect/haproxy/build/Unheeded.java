package dev.fairlead.dialect.haproxy.build;

import dev.fairlead.dialect.haproxy.build.workshop.Workshop;
import dev.fairlead.dialect.haproxy.scope.Entry;
import dev.fairlead.dialect.haproxy.scope.Proxy;
import dev.fairlead.source.Diagnostic;
import dev.fairlead.source.Problems;
import dev.fairlead.source.Severity;
import dev.fairlead.source.Span;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Lines that are right as they stand and that nothing goes by, in the words of HAProxy's own warnings. What
/// `defaults` say is told once, however many sections it is of no use to.
final class Unheeded {
    private static final String ID = "haproxy.unheeded";
    private static final String REQUIRES = " as it requires HTTP mode.";
    private static final Set<String> HTTP_OPTIONS =
            Set.of("option forwardfor", "option originalto", "option http-no-delay", "option http-buffer-request");
    private static final Set<String> LOG_FORMATS = Set.of("option httplog", "option tcplog", "option httpslog");

    private final Workshop workshop;
    private final Problems problems;
    private final List<Finding> findings = new ArrayList<>();
    private final IdentityHashMap<Entry, Integer> known = new IdentityHashMap<>();

    Unheeded(Workshop workshop) {
        this.workshop = workshop;
        this.problems = workshop.problems();
    }

    /// What is said in front of the name of the section, and behind it.
    private record Wording(String start, String rest) {}

    private record Finding(
            Severity severity, Entry entry, Wording wording, List<Proxy> proxies, Optional<String> hint) {
        Diagnostic told() {
            String more = proxies.size() == 1 ? "" : " and " + (proxies.size() - 1) + " more";
            String message = wording.start() + proxies.getFirst().section().shown() + more + wording.rest();
            Diagnostic found = severity == Severity.NOTE
                    ? Diagnostic.note(ID, entry.origin(), message)
                    : Diagnostic.warning(ID, entry.origin(), message);
            return found.hint(hint);
        }
    }

    void look(List<Proxy> proxies) {
        for (Proxy proxy : proxies) {
            if (proxy.isDisabled()) {
                continue;
            }
            if (proxy.isTcp()) {
                aboutHttp(proxy);
            }
            if (proxy.isFrontend()) {
                logFormat(proxy);
            } else {
                logFormatOfBackend(proxy);
            }
            checkHeaders(proxy);
            new RuleOrder(problems).look(proxy);
        }
        findings.forEach(finding -> problems.add(finding.told()));
    }

    private void aboutHttp(Proxy proxy) {
        List<String> said = new ArrayList<>();
        for (Entry entry : proxy.entries()) {
            Optional<Wording> wording = entry.isOn() ? wording(entry.name()) : Optional.empty();
            wording.filter(text -> !said.contains(text.start())).ifPresent(text -> {
                said.add(text.start());
                boolean isOwn = isOwn(proxy, entry);
                add(isOwn ? Severity.WARNING : Severity.NOTE, entry, text, proxy, mode(proxy, isOwn));
            });
        }
    }

    private static Optional<Wording> wording(String name) {
        if (name.startsWith("stats ")) {
            return Optional.of(new Wording("'stats' statement ignored for ", REQUIRES));
        }
        if (name.equals("monitor-uri")) {
            return Optional.of(new Wording("monitor-uri will be ignored for ", " (needs 'mode http')."));
        }
        if (HTTP_OPTIONS.contains(name)) {
            return Optional.of(new Wording("'" + name + "' ignored for ", REQUIRES));
        }
        boolean isRule = name.startsWith("http-request ")
                || name.startsWith("http-response ")
                || name.startsWith("http-after-response ")
                || name.equals("redirect");
        return isRule
                ? Optional.of(new Wording(
                        "'" + name.split(" ", 2)[0] + "' rules ignored for ", " as they require HTTP mode."))
                : Optional.empty();
    }

    private static Optional<String> mode(Proxy proxy, boolean isOwn) {
        if (!isOwn) {
            return Optional.empty();
        }
        return Optional.of(proxy.last("mode")
                .map(mode -> "mode tcp is said at " + mode.origin().fileAndLine()
                        + ": write mode http in this section, or take the line out")
                .orElse("no mode is said, and then it is tcp: write mode http in it or in defaults"));
    }

    private void logFormat(Proxy proxy) {
        boolean isLogged = proxy.each("log").stream()
                .anyMatch(log -> !log.text(0).equals("global")
                        || !workshop.globals().each("log").isEmpty());
        if (!isLogged) {
            proxy.last("log-format", "option httplog", "option tcplog", "option httpslog")
                    .filter(Entry::isOn)
                    .ifPresent(entry -> add(
                            Severity.WARNING,
                            entry,
                            new Wording("log format ignored for ", " since it has no log address."),
                            proxy,
                            Optional.of(
                                    proxy.each("log").isEmpty()
                                            ? "log ADDRESS FACILITY, such as log /dev/log local0"
                                            : "log global goes by the log lines of global, and there are none")));
        }
    }

    private void logFormatOfBackend(Proxy proxy) {
        proxy.section().entries().stream()
                .filter(entry -> LOG_FORMATS.contains(entry.name()) && entry.isOn())
                .forEach(entry -> problems.warning(
                        ID,
                        entry.origin(),
                        proxy.section().shown() + " : '" + entry.name() + "' directive is ignored in backends.",
                        "the frontend that a request came in by logs it"));
    }

    private void checkHeaders(Proxy proxy) {
        proxy.section().entries().stream()
                .filter(entry -> entry.name().equals("option httpchk") && entry.count() > 2)
                .filter(entry -> entry.text(2).contains("\r") || entry.text(2).contains("\n"))
                .forEach(entry -> problems.warning(
                        ID,
                        entry.arg(2).span(),
                        "'option httpchk' : hiding headers or body at the end of the version string is deprecated.",
                        "option httpchk, and on a line of its own: " + send(entry)));
    }

    /// The line of today that says the same.
    private static String send(Entry entry) {
        List<String> lines = entry.text(2).lines().toList();
        StringBuilder line = new StringBuilder("http-check send meth ")
                .append(entry.text(0))
                .append(" uri ")
                .append(entry.text(1))
                .append(" ver ")
                .append(lines.getFirst());
        for (String header : lines.subList(1, lines.size())) {
            int colon = header.indexOf(':');
            if (colon > 0) {
                String value = header.substring(colon + 1).strip();
                line.append(" hdr ")
                        .append(header, 0, colon)
                        .append(' ')
                        .append(value.contains(" ") ? '"' + value + '"' : value);
            }
        }
        return line.toString();
    }

    private static boolean isOwn(Proxy proxy, Entry entry) {
        Span at = entry.origin();
        return proxy.section().entries().stream()
                .map(Entry::origin)
                .anyMatch(own -> own.file().name().equals(at.file().name()) && own.start() == at.start());
    }

    private void add(Severity severity, Entry entry, Wording wording, Proxy proxy, Optional<String> hint) {
        Integer index = known.putIfAbsent(entry, findings.size());
        if (index == null) {
            findings.add(new Finding(severity, entry, wording, new ArrayList<>(List.of(proxy)), hint));
        } else {
            findings.get(index).proxies().add(proxy);
        }
    }
}
