package dev.fairlead.dialect.haproxy.build;

import dev.fairlead.dialect.haproxy.build.bind.Bind;
import dev.fairlead.dialect.haproxy.build.bind.BindLabels;
import dev.fairlead.dialect.haproxy.build.workshop.LogConditions;
import dev.fairlead.dialect.haproxy.build.workshop.Scene;
import dev.fairlead.dialect.haproxy.build.workshop.Workshop;
import dev.fairlead.dialect.haproxy.sample.Failures;
import dev.fairlead.dialect.haproxy.sample.LogFormat;
import dev.fairlead.dialect.haproxy.sample.LogKind;
import dev.fairlead.dialect.haproxy.sample.LogNames;
import dev.fairlead.dialect.haproxy.scope.Entry;
import dev.fairlead.dialect.haproxy.scope.Proxy;
import dev.fairlead.dialect.haproxy.syntax.Line;
import dev.fairlead.dialect.haproxy.value.Misread;
import dev.fairlead.model.http.LogLevel;
import dev.fairlead.model.http.Logging;
import dev.fairlead.model.http.SyslogFacility;
import dev.fairlead.model.text.Template;
import dev.fairlead.source.Span;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// `log` lines and what the lines of the log say.
final class Logs {
    private static final String SYSLOG_PORT = ":514";

    private final Workshop workshop;

    Logs(Workshop workshop) {
        this.workshop = workshop;
    }

    /// For requests of `mode http` and connections of `mode tcp`.
    Logging of(Scene scene) {
        List<Entry> lines = lines(scene);
        List<Logging.AccessLog> access = new ArrayList<>();
        if (!lines.isEmpty()) {
            Said format = format(scene);
            LogConditions conditions = new LogConditions(workshop, scene.front());
            if (format.isEarly()) {
                add(lines, scene, conditions.all(false), format, Logging.Moment.BEGUN, access);
            }
            add(lines, scene, conditions.all(true), format, Logging.Moment.END, access);
        }
        return new Logging(access, errors());
    }

    /// The same, and what is told of connections that fail before that.
    ///
    /// @param binds where they come in
    Logging of(Scene scene, List<Bind> binds) {
        List<Logging.AccessLog> failures = new ArrayList<>();
        List<Entry> lines = lines(scene);
        if (!lines.isEmpty() && (isDetailed(scene.front()) || hasFormatOfFailures(scene.front()))) {
            LogConditions conditions = new LogConditions(workshop, scene.front());
            add(lines, scene, List.of(conditions.ofFailures()), ofFailures(scene, binds), Logging.Moment.END, failures);
        }
        Logging usual = of(scene);
        // Looked at whether something is logged by them or not.
        workshop.globals().each("log").forEach(this::facility);
        return new Logging(usual.access(), usual.error(), failures);
    }

    private List<Entry> lines(Scene scene) {
        return scene.front().each("log").stream()
                .flatMap(entry ->
                        entry.text(0).equals("global") ? workshop.globals().each("log").stream() : Stream.of(entry))
                .toList();
    }

    private static List<Logging.ErrorLog> errors() {
        return List.of(new Logging.ErrorLog(new Logging.Target.StandardError(), LogLevel.CRIT, Span.builtIn()));
    }

    private void add(
            List<Entry> lines,
            Scene scene,
            List<LogConditions.Case> cases,
            Said format,
            Logging.Moment moment,
            List<Logging.AccessLog> to) {
        for (Entry line : lines) {
            for (LogConditions.Case of : cases) {
                target(line, scene, of.gravity())
                        .ifPresent(target -> to.add(new Logging.AccessLog(
                                target,
                                new Logging.Format(
                                        "haproxy", format.template(), Logging.Escaping.NUMBER_SIGN, format.origin()),
                                of.condition(),
                                0,
                                Optional.empty(),
                                moment,
                                line.origin())));
            }
        }
    }

    /// What lines say.
    ///
    /// @param isEarly whether they are written before the end
    private record Said(Template template, boolean isEarly) {
        Span origin() {
            return template.origin();
        }
    }

    private static Optional<Entry> ownFormat(Proxy front) {
        return front.last("log-format", "option httplog", "option httpslog", "option tcplog")
                .filter(Entry::isOn);
    }

    private static boolean isDetailed(Proxy front) {
        return ownFormat(front).isPresent();
    }

    private static boolean hasFormatOfFailures(Proxy front) {
        return front.last("error-log-format").filter(Entry::isOn).isPresent();
    }

    private Said format(Scene scene) {
        Proxy front = scene.front();
        Optional<Entry> own = ownFormat(front);
        if (own.isEmpty()) {
            String mode = front.isTcp() ? "TCP" : "HTTP";
            String text = "Connect from %ci:%cp to %fi:%fp (%f/" + mode + ")";
            return new Said(
                    read(text, front.origin(), scene, LogKind.TEXT, false).template(), false);
        }
        Entry entry = own.get();
        LogKind kind = front.isTcp() ? LogKind.CONNECTION : LogKind.REQUEST;
        boolean isAsap = front.isOn("option logasap");
        LogFormat.Read read = read(textOf(entry, front), entry.origin(), scene, kind, isAsap);
        return new Said(read.template(), isAsap || !read.isLate());
    }

    private String textOf(Entry entry, Proxy front) {
        if (entry.name().equals("log-format")) {
            return Line.joined(entry.args());
        }
        if (front.isTcp()) {
            if (!entry.name().equals("option tcplog")) {
                workshop.problems()
                        .warning(
                                "haproxy.log",
                                entry.origin(),
                                "'" + entry.name() + "' not usable with "
                                        + front.section().shown()
                                        + " (needs 'mode http'). Falling back to 'option tcplog'.",
                                "option tcplog, or mode http");
            }
            return LogNames.TCP_LOG;
        }
        return switch (entry.name()) {
            case "option tcplog" -> LogNames.TCP_LOG;
            case "option httpslog" -> LogNames.HTTPS_LOG;
            default -> LogNames.HTTP_LOG;
        };
    }

    /// What is told of connections that fail.
    private Said ofFailures(Scene scene, List<Bind> binds) {
        Proxy front = scene.front();
        Optional<Entry> own = front.last("error-log-format").filter(Entry::isOn);
        if (own.isPresent()) {
            Entry entry = own.get();
            String text = Line.joined(entry.args());
            if (front.isTcp()) {
                // For what is reserved for requests.
                read(text, entry.origin(), scene, LogKind.CONNECTION, false);
            }
            return new Said(
                    withTildes(
                            read(text, entry.origin(), scene, LogKind.FAILURE, false)
                                    .template(),
                            binds),
                    false);
        }
        Span at = front.origin();
        List<Template.Part> parts = new ArrayList<>(read("%ci:%cp [%t] %f/", at, scene, LogKind.FAILURE, false)
                .template()
                .parts());
        parts.add(new Template.Part.Reference(BindLabels.of(binds, at)));
        parts.add(new Template.Part.Literal(": "));
        parts.add(new Template.Part.Reference(Failures.sentence(at)));
        return new Said(new Template(parts, at), false);
    }

    private static Template withTildes(Template template, List<Bind> binds) {
        Span at = template.origin();
        Template.Part tilde = new Template.Part.Reference(BindLabels.tildes(binds, at));
        return new Template(
                template.parts().stream()
                        .map(part -> part.equals(LogNames.SECURED) ? tilde : part)
                        .toList(),
                at);
    }

    private LogFormat.Read read(String text, Span at, Scene scene, LogKind kind, boolean isEarly) {
        try {
            return LogFormat.line(text, at, scene, kind, isEarly);
        } catch (IllegalArgumentException bad) {
            String what = kind == LogKind.FAILURE ? "'error-log-format' : " : "'log-format' : ";
            workshop.problems().add(Misread.told("haproxy.format", at, what, bad));
            return new LogFormat.Read(Template.constant("", at), true);
        }
    }

    /// `log ADDRESS [len N] [format F] [sample S] FACILITY [LEVEL [LEAST]]`.
    private Optional<SyslogFacility> facility(Entry entry) {
        int next = 1;
        while (next + 1 < entry.count()
                && List.of("len", "format", "sample", "profile").contains(entry.text(next))) {
            next += 2;
        }
        Optional<SyslogFacility> facility = SyslogFacility.of(entry.text(next));
        if (facility.isEmpty()) {
            boolean isThere = next < entry.count();
            workshop.problems()
                    .error(
                            "haproxy.log",
                            isThere ? entry.arg(next).span() : entry.origin(),
                            isThere
                                    ? "unknown log facility '" + entry.text(next) + "'"
                                    : "'log' expects an address and a facility, or 'global'",
                            isThere ? "such as local0, daemon, user" : "such as log 127.0.0.1 local0, or log global");
        }
        return facility;
    }

    private Optional<Logging.Target> target(Entry entry, Scene scene, LogLevel gravity) {
        Optional<SyslogFacility> facility = facility(entry);
        if (facility.isEmpty()) {
            return Optional.empty();
        }
        String tag = scene.front()
                .last("log-tag")
                .map(found -> found.text(0))
                .or(() -> workshop.globals().text("log-tag"))
                .orElse("haproxy");
        String to = entry.text(0);
        return switch (to) {
            case "stdout", "fd@1" -> Optional.of(new Logging.Target.StandardOutput());
            case "stderr", "fd@2" -> Optional.of(new Logging.Target.StandardError());
            default ->
                Optional.of(new Logging.Target.Syslog(
                        server(to),
                        facility.get(),
                        gravity,
                        tag,
                        workshop.globals().last("log-send-hostname").isPresent(),
                        true));
        };
    }

    private String server(String address) {
        if (address.startsWith("/")) {
            return "unix:" + workshop.path(new dev.fairlead.dialect.haproxy.syntax.Word(address, Span.builtIn()), "");
        }
        String bare = address.startsWith("udp@") ? address.substring("udp@".length()) : address;
        int colon = bare.lastIndexOf(':');
        boolean hasPort = colon > 0 && bare.indexOf(':') == colon;
        return hasPort ? bare : bare + SYSLOG_PORT;
    }
}
