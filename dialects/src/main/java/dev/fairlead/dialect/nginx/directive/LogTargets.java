package dev.fairlead.dialect.nginx.directive;

import dev.fairlead.dialect.nginx.scope.Assembly;
import dev.fairlead.dialect.nginx.scope.Compilation;
import dev.fairlead.dialect.nginx.scope.Environment;
import dev.fairlead.dialect.nginx.syntax.Word;
import dev.fairlead.dialect.nginx.variable.Templates;
import dev.fairlead.model.http.LogLevel;
import dev.fairlead.model.http.Logging.Target;
import dev.fairlead.model.http.SyslogFacility;
import dev.fairlead.model.text.Template;
import java.util.Optional;

/// Where log lines go: files, `stderr`, `syslog:`.
final class LogTargets {
    private LogTargets() {}

    static Optional<LogLevel> level(String word) {
        if (word.startsWith("debug_")) {
            return Optional.of(LogLevel.DEBUG);
        }
        return LogLevel.of(word);
    }

    /// The target, its file not yet resolved; reports what is wrong.
    static Optional<Target> target(Word word, Compilation c) {
        String text = word.text();
        if (text.startsWith("syslog:")) {
            return syslog(word, text.substring(7), c);
        }
        if (text.startsWith("memory:")) {
            c.problems()
                    .error(
                            "nginx.unsupported",
                            word.span(),
                            "logging to memory is not supported by Fairlead: name a file or stderr");
            return Optional.empty();
        }
        return Optional.of(
                switch (text) {
                    case "stderr", "/dev/stderr" -> new Target.StandardError();
                    case "/dev/stdout" -> new Target.StandardOutput();
                    case "/dev/null" -> new Target.Nowhere();
                    default -> new Target.File(Template.constant(text, word.span()));
                });
    }

    static Target inFile(Target target, Environment environment) {
        return switch (target) {
            case Target.File file ->
                new Target.File(Template.constant(
                        environment.content(file.path().constantText()),
                        file.path().origin()));
            case Target.StandardError other -> other;
            case Target.StandardOutput other -> other;
            case Target.Syslog other -> other;
            case Target.Nowhere other -> other;
        };
    }

    /// A target that was found right before, with its variables.
    static Target read(Word word, Assembly assembly) {
        String text = word.text();
        if (text.startsWith("syslog:")) {
            return parseSyslog(text.substring(7));
        }
        return switch (text) {
            case "stderr", "/dev/stderr" -> new Target.StandardError();
            case "/dev/stdout" -> new Target.StandardOutput();
            case "/dev/null" -> new Target.Nowhere();
            default -> file(word, assembly);
        };
    }

    private static Target file(Word word, Assembly assembly) {
        String text = word.text();
        String path = text.startsWith("$") ? text : assembly.environment().content(text);
        Word absolute = new Word(path, word.span());
        return new Target.File(
                Templates.hasVariables(word)
                        ? assembly.templates().template(absolute)
                        : Template.constant(path, word.span()));
    }

    private static Optional<Target> syslog(Word word, String parameters, Compilation c) {
        boolean server = false;
        for (String parameter : parameters.split(",", -1)) {
            int equals = parameter.indexOf('=');
            String name = equals < 0 ? parameter : parameter.substring(0, equals);
            String value = parameter.substring(equals + 1);
            String complaint = switch (name) {
                case "server" -> value.isEmpty() ? "no host in syslog server \"" + value + "\"" : "";
                case "facility" ->
                    SyslogFacility.of(value).isPresent() ? "" : "unknown syslog facility \"" + value + "\"";
                case "severity" -> LogLevel.of(value).isPresent() ? "" : "unknown syslog severity \"" + value + "\"";
                case "tag" ->
                    value.matches("[A-Za-z0-9_]{1,32}")
                            ? ""
                            : "syslog \"tag\" only allows alphanumeric characters and underscore";
                case "nohostname" -> "";
                default -> "unknown syslog parameter \"" + parameter + "\"";
            };
            if (!complaint.isEmpty()) {
                c.value(word, complaint);
                return Optional.empty();
            }
            server |= name.equals("server");
        }
        if (!server) {
            c.value(word, "no syslog server specified");
            return Optional.empty();
        }
        return Optional.of(parseSyslog(parameters));
    }

    private static Target parseSyslog(String parameters) {
        String server = "";
        SyslogFacility facility = SyslogFacility.LOCAL7;
        LogLevel severity = LogLevel.INFO;
        String tag = "nginx";
        boolean hostname = true;
        for (String parameter : parameters.split(",", -1)) {
            String value = parameter.substring(parameter.indexOf('=') + 1);
            if (parameter.startsWith("server=")) {
                server = value.startsWith("unix:") || value.matches(".*:\\d+") ? value : value + ":514";
            } else if (parameter.startsWith("facility=")) {
                facility = SyslogFacility.of(value).orElse(facility);
            } else if (parameter.startsWith("severity=")) {
                severity = LogLevel.of(value).orElse(severity);
            } else if (parameter.startsWith("tag=")) {
                tag = value;
            } else {
                hostname = false;
            }
        }
        return new Target.Syslog(server, facility, severity, tag, hostname);
    }
}
