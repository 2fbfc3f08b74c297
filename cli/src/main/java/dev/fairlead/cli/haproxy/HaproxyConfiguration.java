package dev.fairlead.cli.haproxy;

import dev.fairlead.cli.daemon.NumberedSockets;
import dev.fairlead.cli.daemon.Privileges;
import dev.fairlead.dialect.haproxy.Compiled;
import dev.fairlead.dialect.haproxy.HaproxyDialect;
import dev.fairlead.dialect.haproxy.HaproxyOptions;
import dev.fairlead.model.plan.Plan;
import dev.fairlead.model.plan.RuntimeOptions;
import dev.fairlead.source.Diagnostic;
import dev.fairlead.source.Severity;
import dev.fairlead.source.Span;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/// The configuration that haproxy's command line names. Compiled anew each time it is asked for.
record HaproxyConfiguration(HaproxyArguments arguments) {

    Compiled compile() {
        List<Path> files = files();
        Map<String, String> environment = new HashMap<>(System.getenv());
        environment.put("HAPROXY_CFGFILES", String.join(";", arguments.files()));
        environment.put("HAPROXY_STARTUP_VERSION", HaproxyTexts.IMITATED);
        if (arguments.reloads()) {
            environment.put("HAPROXY_MWORKER", "1");
        }
        Compiled compiled = HaproxyDialect.compile(
                files, HaproxyOptions.plain().withEnvironment(environment).withSockets(NumberedSockets::address));
        List<Diagnostic> diagnostics = new ArrayList<>(compiled.diagnostics());
        Optional<Plan> plan = Privileges.known(
                compiled.plan(),
                "cannot find user id for '%s' (0:Success)",
                "cannot find group id for '%s' (0:Success)",
                diagnostics);
        return new Compiled(plan.map(this::withArguments), diagnostics, compiled.sources());
    }

    /// Files in a folder count in the order of their names.
    List<Path> files() {
        List<Path> files = new ArrayList<>();
        for (String name : arguments.files()) {
            Path path = resolve(name);
            if (Files.isDirectory(path)) {
                files.addAll(configurations(path));
            } else {
                files.add(path);
            }
        }
        return files;
    }

    private Path resolve(String name) {
        return arguments.folder().map(folder -> Path.of(folder).resolve(name)).orElse(Path.of(name));
    }

    private static List<Path> configurations(Path folder) {
        try (Stream<Path> entries = Files.list(folder)) {
            return entries.filter(file -> file.toString().endsWith(".cfg")
                            && !String.valueOf(file.getFileName()).startsWith("."))
                    .sorted()
                    .toList();
        } catch (IOException unreadable) {
            return List.of();
        }
    }

    private Plan withArguments(Plan plan) {
        RuntimeOptions said = plan.runtime();
        RuntimeOptions runtime = new RuntimeOptions(
                said.loops(),
                said.maxConnections(),
                said.runAs(),
                arguments
                        .pidFile()
                        .map(name -> new RuntimeOptions.PidFile(resolve(name).toString(), Span.builtIn()))
                        .or(said::pidFile),
                arguments.background().orElse(said.background()) && !arguments.check(),
                said.shutdownTimeout(),
                said.errorLogs());
        return plan.withRuntime(runtime);
    }

    /// A problem in haproxy's own form, with its line and a hint below it.
    static String complaint(Diagnostic diagnostic) {
        String rendered = diagnostic.render();
        int below = rendered.indexOf('\n');
        String more = below < 0 ? "" : rendered.substring(below).replace("\n", "\n   |");
        String place = diagnostic.span().isBuiltIn()
                ? ""
                : "parsing [" + diagnostic.span().fileAndLine() + "] : ";
        return line(diagnostic.severity(), "config : " + place + diagnostic.message()) + more;
    }

    /// A line as haproxy starts it: how grave it is, and which process says so.
    static String line(Severity severity, String message) {
        String word = switch (severity) {
            case ERROR -> "[ALERT]    (";
            case WARNING -> "[WARNING]  (";
            case NOTE -> "[NOTICE]   (";
        };
        return word + ProcessHandle.current().pid() + ") : " + message;
    }
}
