package dev.fairlead.cli.command;

import dev.fairlead.cli.explain.Asked;
import dev.fairlead.cli.explain.ExplainRun;
import dev.fairlead.cli.lint.CheckRun;
import dev.fairlead.cli.lint.CheckRun.Format;
import dev.fairlead.cli.lint.CheckRun.Names;
import dev.fairlead.cli.run.Foreground;
import dev.fairlead.cli.serve.ServedApplication;
import dev.fairlead.cli.serve.ServedFolder;
import dev.fairlead.cli.stack.FileKind;
import dev.fairlead.cli.stack.Sources;
import dev.fairlead.cli.stack.StackReader;
import dev.fairlead.cli.stack.StackSource;
import dev.fairlead.model.control.Question;
import dev.fairlead.time.Clock;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/// The commands that read a stack: `up`, `check`, `explain`, `serve`.
final class StackCommands {
    static final List<OptionRow> SOURCES = List.of(
            OptionRow.valued(
                    "--nginx",
                    "",
                    "FILE",
                    "a file that is nginx's: a whole configuration, or what belongs inside http { }"),
            OptionRow.valued("--haproxy", "", "FILE", "a file that is HAProxy's; several are read as one"),
            OptionRow.valued("--pound", "", "FILE", "a file that is Pound's"),
            OptionRow.valued("--stunnel", "", "FILE", "a file that is stunnel's"),
            OptionRow.valued(
                    "--systemd", "", "PATH", "a unit file, or a folder of them laid out as /etc/systemd/system is"),
            OptionRow.valued("--upstart", "", "PATH", "an Upstart job, or a folder of them laid out as /etc/init is"),
            OptionRow.valued("--root", "", "DIR", "absolute paths of the configuration lie below DIR"),
            OptionRow.valued(
                    "--ports", "", "FROM=TO,...", "listens elsewhere than the configuration says: 80=8080,443=8443"),
            OptionRow.flag(
                    "--adopt",
                    "",
                    "units that start gunicorn run as applications, in workers that are deployed without a pause"),
            OptionRow.flag("--no-link", "", "parts of the stack talk over sockets, as separate programs would"));
    static final List<OptionRow> CHECK = Stream.concat(
                    SOURCES.stream(),
                    Stream.of(
                            OptionRow.valued("--format", "", "text|json|sarif", "how problems are shown"),
                            OptionRow.flag(
                                    "--no-lookup", "", "looks no names up: for a machine off the servers' network"),
                            OptionRow.flag("--fix", "", "carries out the fixes that are safe and shows what changed")))
            .toList();
    static final List<OptionRow> EXPLAIN = Stream.concat(
                    SOURCES.stream(),
                    Stream.of(
                            OptionRow.valued("--method", "-X", "METHOD", "the request's method (default GET)"),
                            OptionRow.valued(
                                    "--header", "-H", "'NAME: VALUE'", "a field of the request; several are sent"),
                            OptionRow.valued("--from", "", "IP", "the client's address (default 192.0.2.1)"),
                            OptionRow.flag("--http1.0", "-0", "sent by HTTP/1.0"),
                            OptionRow.flag("--live", "", "as the running stack would serve it"),
                            ControlCommands.STACK,
                            OptionRow.flag("--files", "", "by the files, though the stack runs"),
                            OptionRow.flag("--json", "", "for programs")))
            .toList();
    static final List<OptionRow> SERVE = List.of(
            OptionRow.valued(
                    "--port",
                    "-p",
                    "[HOST:]PORT",
                    "where to listen (default 8080); 127.0.0.1:PORT keeps it to this machine"),
            OptionRow.valued("--workers", "-w", "N", "processes that run the application (default 1)"),
            OptionRow.valued("--kind", "-k", "KIND", "sync (the default), gthread, gevent, eventlet or asgi"),
            OptionRow.valued("--threads", "", "N", "requests that a worker of kind gthread runs at once"),
            OptionRow.valued(
                    "--python", "", "FILE", "the interpreter; else that of a virtual environment, or of the path"),
            OptionRow.valued("--directory", "", "DIR", "where the application lies; else this folder"));
    private static final List<String> PARAMETERS = List.of("--workers", "--kind", "--threads", "--python");

    private StackCommands() {}

    static int up(Given given) throws UsageFault {
        return new Foreground(reader(given), System.out, System.err).run();
    }

    static int check(Given given) throws UsageFault {
        Names names = given.has("--no-lookup") ? Names.LEFT : Names.LOOKED_UP;
        CheckRun run = new CheckRun(reader(given), names, Clock.system(), System.out, System.err);
        Format format = format(given.value("--format").orElse("text"));
        if (!given.has("--fix")) {
            return run.show(format);
        }
        if (format != Format.TEXT) {
            throw new UsageFault("--fix shows a diff; it cannot be combined with --format");
        }
        return run.fix();
    }

    static int explain(Given given) throws UsageFault {
        List<String> words = given.words();
        String url = words.getLast();
        Asked usual = Asked.of(
                        given.value("--method").orElse(Question.USUAL_METHOD),
                        url,
                        given.all("--header"),
                        given.value("--from").orElse(Question.USUAL_CLIENT))
                .orElseThrow(() -> new UsageFault("\"" + url + "\" is no URL of http or https"));
        Asked asked = given.has("--http1.0") ? usual.old() : usual;
        List<String> places = words.subList(0, words.size() - 1);
        boolean isByFiles = given.has("--files") || SOURCES.stream().anyMatch(option -> given.has(option.name()));
        boolean isLive = given.has("--live") || given.has("--stack");
        if (isLive && (isByFiles || !places.isEmpty())) {
            throw new UsageFault("--live goes by a running stack: say which one by -C, and nothing about files");
        }
        ExplainRun run = new ExplainRun(System.out, System.err);
        if (isLive) {
            return ControlCommands.ask(given.value("--stack"), stack -> run.show(stack, asked, given.has("--json")));
        }
        Optional<Path> running = isByFiles || places.size() > 1
                ? Optional.empty()
                : ControlCommands.runningFrom(places.isEmpty() ? "" : places.getFirst());
        if (running.isPresent()) {
            return ControlCommands.ask(
                    Optional.of(running.get().toString()), stack -> run.show(stack, asked, given.has("--json")));
        }
        return run.show(reader(given, places), Clock.system(), asked, given.has("--json"));
    }

    private static Format format(String word) throws UsageFault {
        return switch (word) {
            case "text" -> Format.TEXT;
            case "json" -> Format.JSON;
            case "sarif" -> Format.SARIF;
            default -> throw new UsageFault("--format is text, json or sarif, not \"" + word + "\"");
        };
    }

    static int serve(Given given) throws UsageFault {
        String word = given.words().isEmpty() ? "" : given.words().getFirst();
        return new Foreground(served(given, word), System.out, System.err).run();
    }

    private static StackSource served(Given given, String word) throws UsageFault {
        String port = given.value("--port").orElse("8080");
        if (ServedApplication.isMeantBy(word)) {
            List<String> parameters = new ArrayList<>();
            for (String name : PARAMETERS) {
                given.value(name).ifPresent(value -> parameters.add(name.substring(2) + "=" + value));
            }
            Path folder = absolute(given.value("--directory").orElse(""));
            return new ServedApplication(word, folder, port, parameters);
        }
        for (OptionRow option : SERVE) {
            if (!option.name().equals("--port") && given.has(option.name())) {
                throw new UsageFault(option.name() + " is for applications, and \"" + word + "\" is not MODULE:NAME");
            }
        }
        return new ServedFolder(absolute(word), port);
    }

    private static Path absolute(String path) {
        return Path.of(path).toAbsolutePath().normalize();
    }

    /// The stack of one folder, by no other options than those that move or change what it runs.
    static StackReader stackAt(Given given, Path folder) throws UsageFault {
        Sources sources = new Sources(List.of(folder), Map.of(), Optional.empty());
        return new StackReader(
                sources, Ports.parse(given.all("--ports")), !given.has("--no-link"), given.has("--adopt"));
    }

    private static StackReader reader(Given given) throws UsageFault {
        return reader(given, given.words());
    }

    private static StackReader reader(Given given, List<String> paths) throws UsageFault {
        Sources sources = new Sources(
                paths(paths),
                Map.of(
                        FileKind.NGINX_MAIN,
                        paths(given.all("--nginx")),
                        FileKind.HAPROXY,
                        paths(given.all("--haproxy")),
                        FileKind.POUND,
                        paths(given.all("--pound")),
                        FileKind.STUNNEL,
                        paths(given.all("--stunnel")),
                        FileKind.SYSTEMD_UNIT,
                        paths(given.all("--systemd")),
                        FileKind.UPSTART,
                        paths(given.all("--upstart"))),
                given.value("--root").map(Path::of));
        return new StackReader(
                sources, Ports.parse(given.all("--ports")), !given.has("--no-link"), given.has("--adopt"));
    }

    private static List<Path> paths(List<String> texts) {
        return texts.stream().map(Path::of).toList();
    }
}
