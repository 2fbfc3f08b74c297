package dev.fairlead.cli.adopt;

import dev.fairlead.cli.control.SocketFolder;
import dev.fairlead.cli.gunicorn.Configuration;
import dev.fairlead.cli.gunicorn.GunicornSite;
import dev.fairlead.cli.gunicorn.Sockets;
import dev.fairlead.dialect.PathResolver;
import dev.fairlead.dialect.gunicorn.CommandLine;
import dev.fairlead.dialect.gunicorn.Fault;
import dev.fairlead.dialect.gunicorn.GunicornSettings;
import dev.fairlead.model.app.Application;
import dev.fairlead.model.app.Application.Surroundings;
import dev.fairlead.model.http.HttpListener;
import dev.fairlead.model.http.HttpPlan;
import dev.fairlead.model.net.Address;
import dev.fairlead.model.plan.Plan;
import dev.fairlead.model.service.Service;
import dev.fairlead.model.service.execution.Command;
import dev.fairlead.process.master.Interpreters;
import dev.fairlead.process.supervisor.launch.Prepared;
import dev.fairlead.source.Diagnostic;
import dev.fairlead.source.Span;
import dev.fairlead.worker.PythonSide;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/// What gunicorn's command line, configuration file and variables mean for a unit that starts it.
///
/// @param traffic its listeners, which run the application
/// @param notes settings that change nothing here, with the reason
/// @param remarks what is wrong with the configuration file and keeps nothing from running
record AdoptedSettings(AdoptedUnit unit, Plan traffic, List<String> notes, List<Diagnostic> remarks) {
    private static final Set<String> PATHS = Set.of("config", "chdir", "pidfile", "accesslog", "errorlog");

    /// @param lent what a socket unit would open for it: gunicorn listens there, whatever `--bind` says
    /// @throws IOException saying what cannot be honoured, or why the configuration file failed
    static AdoptedSettings read(
            Service service,
            Command command,
            Prepared prepared,
            GunicornCall call,
            Optional<LentAddresses> lent,
            PathResolver paths)
            throws IOException {
        try {
            return new Reader(service, command, prepared, call, lent, paths).read();
        } catch (Fault fault) {
            throw new IOException(fault.reason(), fault);
        }
    }

    private record Reader(
            Service service,
            Command command,
            Prepared prepared,
            GunicornCall call,
            Optional<LentAddresses> lent,
            PathResolver paths) {
        AdoptedSettings read() throws Fault, IOException {
            Map<String, String> environment = new TreeMap<>(prepared.environment());
            environment.putAll(call.variables());
            CommandLine line = relocated(CommandLine.parse(call.words()));
            Path directory = prepared.directory();
            Configuration configuration = Configuration.read(
                    line, environment, directory, new PreparedPython(service, prepared, () -> python()));
            GunicornSettings settings = configuration.settings();
            Application application = adapted(
                    configuration.application().orElseThrow(() -> new IOException("no application module specified")),
                    settings,
                    environment);
            Path inside = Path.of(application.surroundings().directory());
            List<String> listen = lent.isPresent()
                    ? lent.get().listen()
                    : Sockets.of(settings, environment).listen();
            GunicornSite.Made made = GunicornSite.of(settings, application, listen, inside, paths);
            Plan plan = made.plan().orElseThrow(() -> new IOException(String.join("; ", made.problems())));
            AdoptedUnit unit = new AdoptedUnit(
                    service.name(),
                    application,
                    addresses(plan),
                    path(settings.text("errorlog"), inside),
                    settings.text("loglevel"),
                    path(settings.text("pidfile"), inside));
            return new AdoptedSettings(
                    unit, withOrigin(plan, lent, command.origin()), notes(settings), configuration.remarks());
        }

        private List<String> notes(GunicornSettings settings) {
            List<String> notes = new ArrayList<>(settings.withoutEffect());
            lent.filter(sockets -> settings.isGiven("bind"))
                    .ifPresent(sockets -> notes.add("--bind is not listened at: "
                            + sockets.unit().name() + " says where, as for gunicorn itself"));
            return notes;
        }

        private static String addresses(Plan plan) {
            return plan.http().listeners().stream()
                    .map(listener -> switch (listener.address()) {
                        case Address.Tcp tcp -> (listener.tls() ? "https://" : "http://") + tcp.text();
                        case Address.Unix unix -> unix.text();
                    })
                    .collect(Collectors.joining(","));
        }

        private Optional<Path> path(String text, Path directory) {
            boolean isFile = !text.isEmpty() && !text.equals("-") && !text.equals("None");
            return isFile ? Optional.of(directory.resolve(resolved(text))) : Optional.empty();
        }

        private String resolved(String path) {
            return path.startsWith("/") ? paths.resolve(path) : path;
        }

        private CommandLine relocated(CommandLine line) {
            Map<String, List<String>> values = new TreeMap<>(line.values());
            PATHS.forEach(name -> values.computeIfPresent(
                    name, (same, given) -> given.stream().map(this::resolved).collect(Collectors.toList())));
            return new CommandLine(line.target(), values, line.help(), line.version());
        }

        private Path python() throws IOException {
            return call.python().isPresent()
                    ? call.python().get()
                    : Interpreters.find(prepared.directory(), prepared.environment());
        }

        /// With the unit's name, user and surroundings.
        private Application adapted(
                Application application, GunicornSettings settings, Map<String, String> environment) {
            Surroundings asked = application.surroundings();
            List<String> variables = new ArrayList<>();
            environment.forEach((name, value) -> variables.add(name + "=" + value));
            variables.addAll(asked.environment());
            Surroundings surroundings = new Surroundings(
                    call.python().map(Path::toString),
                    resolved(asked.directory()),
                    asked.pythonPath().stream().map(this::resolved).toList(),
                    variables,
                    Optional.of(service.execution()),
                    asked.user().or(() -> service.execution().user()),
                    asked.group().or(() -> service.execution().group()),
                    OptionalInt.of(service.execution().umask()));
            return new Application(
                    settings.isGiven("proc_name") ? application.name() : unitName(),
                    application.target(),
                    application.kind(),
                    application.workers(),
                    application.threads(),
                    application.connections(),
                    application.preload(),
                    surroundings,
                    application.recycling(),
                    application.timeouts(),
                    application.health(),
                    application.waiting(),
                    application.requests(),
                    told(application, settings),
                    application.configuration(),
                    command.origin());
        }

        /// Workers write to the same error log.
        private Map<String, String> told(Application application, GunicornSettings settings) {
            Map<String, String> told = new TreeMap<>(application.settings());
            path(settings.text("errorlog"), Path.of(application.surroundings().directory()))
                    .ifPresent(file -> told.put("errorlog", file.toString()));
            return told;
        }

        private String unitName() {
            return service.name().replaceFirst("\\.service$", "");
        }

        /// Where a person wrote it, not where the text was made of it.
        private static Plan withOrigin(Plan plan, Optional<LentAddresses> lent, Span origin) {
            List<HttpListener> listeners = plan.http().listeners().stream()
                    .map(listener -> new HttpListener(
                            listener.address(),
                            lent.filter(sockets -> listener.address() instanceof Address.Unix)
                                    .map(sockets -> listener.options().withFile(sockets.file()))
                                    .orElse(listener.options()),
                            listener.tls(),
                            listener.proxyProtocol(),
                            listener.http2(),
                            listener.hosts(),
                            listener.defaultHost(),
                            lent.map(sockets -> sockets.unit().origin()).orElse(origin)))
                    .toList();
            HttpPlan http = new HttpPlan(
                    listeners,
                    plan.http().upstreams(),
                    plan.http().variableSlots(),
                    plan.http().lookups());
            return new Plan(http, plan.stream(), plan.applications(), plan.links(), plan.runtime())
                    .withRoster(plan.roster());
        }
    }

    /// Runs configuration files as the unit's own user would have.
    private record PreparedPython(Service service, Prepared prepared, Interpreter interpreter)
            implements Configuration.FileRunner {
        @Override
        public String run(String where) throws IOException {
            Path side = PythonSide.unpack(SocketFolder.current().pythonFolder());
            return ConfigurationRun.of(service, prepared, interpreter.find(), side, where);
        }
    }

    /// Finds a Python.
    private interface Interpreter {
        Path find() throws IOException;
    }
}
