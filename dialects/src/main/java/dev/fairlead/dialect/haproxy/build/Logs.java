package dev.fairlead.dialect.haproxy.build;

import dev.fairlead.dialect.haproxy.sample.LogFormat;
import dev.fairlead.dialect.haproxy.sample.LogNames;
import dev.fairlead.dialect.haproxy.scope.Entry;
import dev.fairlead.dialect.haproxy.syntax.Line;
import dev.fairlead.dialect.haproxy.value.Misread;
import dev.fairlead.model.http.LogLevel;
import dev.fairlead.model.http.Logging;
import dev.fairlead.model.http.SyslogFacility;
import dev.fairlead.model.http.Template;
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

    Logging of(Scene scene) {
        List<Entry> lines = scene.front().each("log").stream()
                .flatMap(entry ->
                        entry.text(0).equals("global") ? workshop.globals().each("log").stream() : Stream.of(entry))
                .toList();
        List<Logging.AccessLog> access = new ArrayList<>();
        if (!lines.isEmpty()) {
            Logging.Format format = format(scene);
            List<LogConditions.Case> cases = scene.front().isTcp()
                    ? List.of(new LogConditions.Case(LogLevel.INFO, Optional.empty()))
                    : new LogConditions(workshop, scene.front()).all();
            for (Entry line : lines) {
                cases.forEach(of -> target(line, scene, of.gravity())
                        .ifPresent(to -> access.add(new Logging.AccessLog(
                                to, format, of.condition(), 0, Optional.empty(), line.origin()))));
            }
        }
        List<Logging.ErrorLog> errors =
                List.of(new Logging.ErrorLog(new Logging.Target.StandardError(), LogLevel.CRIT, Span.builtIn()));
        return new Logging(access, errors);
    }

    /// For connections of `mode tcp`.
    Logging ofStream(Scene scene) {
        Span at = scene.front().origin();
        Template line = template("%ci:%cp [%t] %f %s %B", at, scene);
        Logging ofRequests = of(scene);
        List<Logging.AccessLog> access = ofRequests.access().stream()
                .map(log -> new Logging.AccessLog(
                        log.target(),
                        new Logging.Format("haproxy", line, Logging.Escaping.NUMBER_SIGN, at),
                        log.condition(),
                        log.bufferBytes(),
                        log.flush(),
                        log.origin()))
                .toList();
        return new Logging(access, ofRequests.error());
    }

    private Logging.Format format(Scene scene) {
        Span at = scene.front().origin();
        Optional<Entry> own = scene.front()
                .last("log-format", "option httplog", "option httpslog", "option tcplog")
                .filter(Entry::isOn);
        Template line;
        if (own.filter(entry -> entry.name().equals("log-format")).isPresent()) {
            Entry entry = own.get();
            line = template(Line.joined(entry.args()), entry.origin(), scene);
        } else if (own.isPresent()) {
            line = LogNames.httpLog(scene, at);
        } else {
            line = template("Connect from %ci:%cp to %fi:%fp (%f/HTTP)", at, scene);
        }
        return new Logging.Format("haproxy", line, Logging.Escaping.NUMBER_SIGN, line.origin());
    }

    private Template template(String text, Span at, Scene scene) {
        try {
            return LogFormat.template(text, at, scene);
        } catch (IllegalArgumentException bad) {
            workshop.problems().add(Misread.told("haproxy.format", at, "'log-format' : ", bad));
            return Template.constant("", at);
        }
    }

    /// `log ADDRESS [len N] [format F] [sample S] FACILITY [LEVEL [LEAST]]`.
    private Optional<Logging.Target> target(Entry entry, Scene scene, LogLevel gravity) {
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
