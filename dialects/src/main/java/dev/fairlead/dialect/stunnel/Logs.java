package dev.fairlead.dialect.stunnel;

import dev.fairlead.model.http.LogLevel;
import dev.fairlead.model.http.Logging;
import dev.fairlead.model.text.Attribute;
import dev.fairlead.model.text.Template;
import dev.fairlead.model.text.Template.Part;
import dev.fairlead.model.text.Variable;
import dev.fairlead.source.Span;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Where services log: faults, and a line for each connection when it has ended.
final class Logs {
    private final Reading reading;

    Logs(Reading reading) {
        this.reading = reading;
    }

    Logging of(Service service) {
        List<Logging.AccessLog> access = new ArrayList<>();
        List<Logging.ErrorLog> errors = new ArrayList<>();
        Span origin = reading.global().output.map(Given::span).orElse(service.span);
        for (Logging.Target target : targets()) {
            errors.add(new Logging.ErrorLog(target, least(service.level), origin));
            if (service.level >= Values.NOTICE && isWanted(target)) {
                access.add(new Logging.AccessLog(
                        target, format(service, target, origin), Optional.empty(), 0, Optional.empty(), origin));
            }
        }
        return new Logging(access, errors);
    }

    /// Faults outside any connection.
    List<Logging.ErrorLog> ofProgram() {
        Span origin = reading.global().output.map(Given::span).orElse(Span.builtIn());
        return targets().stream()
                .map(target -> new Logging.ErrorLog(target, least(reading.defaults().level), origin))
                .toList();
    }

    /// Standard error is not filled with connections unless that was asked for.
    private boolean isWanted(Logging.Target target) {
        return !(target instanceof Logging.Target.StandardError) || reading.global().foreground;
    }

    private List<Logging.Target> targets() {
        List<Logging.Target> targets = new ArrayList<>();
        Global global = reading.global();
        global.output.ifPresent(output -> targets.add(
                switch (output.value()) {
                    case "/dev/stdout" -> new Logging.Target.StandardOutput();
                    case "/dev/stderr" -> new Logging.Target.StandardError();
                    default -> new Logging.Target.File(Template.constant(reading.path(output.value()), output.span()));
                }));
        if (global.syslog.orElse(reading.logsToSyslog())) {
            targets.add(new Logging.Target.Syslog(
                    "unix:/dev/log", global.facility, LogLevel.NOTICE, global.serviceName, true));
        }
        if (targets.isEmpty() || (global.foreground && global.output.isEmpty())) {
            targets.add(new Logging.Target.StandardError());
        }
        return targets;
    }

    private static LogLevel least(int level) {
        return switch (level) {
            case 0 -> LogLevel.EMERG;
            case 1 -> LogLevel.ALERT;
            case 2 -> LogLevel.CRIT;
            case 3 -> LogLevel.ERROR;
            case 4 -> LogLevel.WARN;
            case 5 -> LogLevel.NOTICE;
            case 6 -> LogLevel.INFO;
            default -> LogLevel.DEBUG;
        };
    }

    private static Logging.Format format(Service service, Logging.Target target, Span origin) {
        List<Part> parts = new ArrayList<>();
        if (!(target instanceof Logging.Target.Syslog)) {
            parts.add(of(Attribute.TIME_ISO8601));
            parts.add(new Part.Literal(" "));
        }
        parts.add(new Part.Literal("[" + service.name + "] "));
        parts.add(of(Attribute.CLIENT_ADDRESS));
        parts.add(new Part.Literal(":"));
        parts.add(of(Attribute.CLIENT_PORT));
        parts.add(new Part.Literal(" -> "));
        parts.add(of(Attribute.UPSTREAM_ADDRESS));
        parts.add(new Part.Literal(": "));
        parts.add(of(Attribute.BYTES_SENT));
        parts.add(new Part.Literal(" byte(s) to the client, "));
        parts.add(of(Attribute.REQUEST_LENGTH));
        parts.add(new Part.Literal(" byte(s) from it, "));
        parts.add(of(Attribute.REQUEST_TIME));
        parts.add(new Part.Literal(" s"));
        return new Logging.Format("stunnel", new Template(parts, origin), Logging.Escaping.NONE, origin);
    }

    private static Part of(Attribute attribute) {
        return new Part.Reference(new Variable.Builtin(attribute));
    }
}
