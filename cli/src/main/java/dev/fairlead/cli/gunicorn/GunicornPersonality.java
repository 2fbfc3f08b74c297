package dev.fairlead.cli.gunicorn;

import dev.fairlead.cli.control.SocketFolder;
import dev.fairlead.cli.daemon.Background;
import dev.fairlead.cli.daemon.Inherited;
import dev.fairlead.dialect.gunicorn.CommandLine;
import dev.fairlead.dialect.gunicorn.Fault;
import dev.fairlead.dialect.gunicorn.GunicornSettings;
import dev.fairlead.model.app.Application;
import dev.fairlead.model.plan.Plan;
import dev.fairlead.os.Accounts;
import dev.fairlead.process.master.Interpreters;
import dev.fairlead.process.master.MasterOptions;
import dev.fairlead.time.Clock;
import dev.fairlead.worker.PythonSide;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/// Behaves like the gunicorn program.
public final class GunicornPersonality {
    private static final String VERSION = "gunicorn (version 23.0.0, fairlead 0.1.0)";

    private final PrintStream out;
    private final PrintStream err;
    private final Map<String, String> environment = System.getenv();

    public GunicornPersonality(PrintStream out, PrintStream err) {
        this.out = out;
        this.err = err;
    }

    /// @param words without the program's own name
    /// @return the exit status
    public int run(List<String> words) {
        try {
            CommandLine line = CommandLine.parse(words);
            if (line.help()) {
                out.print(HelpText.render());
                return 0;
            }
            if (line.version()) {
                out.println(VERSION);
                return 0;
            }
            return run(line);
        } catch (Fault fault) {
            err.println(fault.getMessage());
            return fault.status();
        } catch (IOException refused) {
            err.println(refused.getMessage());
            return 1;
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return 1;
        }
    }

    private int run(CommandLine line) throws Fault, IOException, InterruptedException {
        Path directory = Path.of("").toAbsolutePath();
        Path pythonSide = PythonSide.unpack(SocketFolder.current().pythonFolder());
        Path python = Interpreters.find(directory, environment);
        Configuration.FileRunner runner = Configuration.python(python, pythonSide, directory);
        Configuration configuration = Configuration.read(line, environment, directory, runner);
        GunicornSettings settings = configuration.settings();
        if (settings.flag("print_config")) {
            out.print(settings.print());
            return 0;
        }
        Application application = configuration.application().orElseThrow(() -> noApplication());
        checkAccounts(settings);
        configuration.remarks().forEach(remark -> err.println(remark.render()));
        if (settings.flag("check_config")) {
            call(configuration, application);
            return Check.application(application, pythonSide, python, err);
        }
        Inherited inherited = Inherited.own();
        if (settings.flag("daemon") && inherited.isEmpty() && !Background.isThere()) {
            return Background.start(call(configuration, application).plan().runtime(), err);
        }
        settings.withoutEffect().forEach(note -> err.println("fairlead: " + note));
        Optional<Path> file = Optional.of(settings.text("errorlog"))
                .filter(name -> !name.equals("-"))
                .map(Path.of(application.surroundings().directory())::resolve);
        if (file.isPresent()) {
            ErrorLog.prepare(file.get(), application);
        }
        Clock clock = Clock.system();
        ErrorLog log = ErrorLog.open(clock, file, settings.text("loglevel"), err);
        GunicornServer.Source source = () -> {
            Configuration fresh = Configuration.read(line, environment, directory, runner);
            return call(fresh, fresh.application().orElseThrow(() -> noApplication()));
        };
        GunicornServer server = new GunicornServer(
                source, log, settings.logsInPython(), new MasterOptions(pythonSide, true, true, false), clock);
        Optional<OutputStream> channel = Background.channel();
        return server.run(call(configuration, application), () -> channel.ifPresent(this::serves));
    }

    private static void checkAccounts(GunicornSettings settings) throws IOException {
        checkAccount(settings, "user", name -> Accounts.user(name).isPresent());
        checkAccount(settings, "group", name -> Accounts.group(name).isPresent());
    }

    private static void checkAccount(GunicornSettings settings, String kind, Predicate<String> isKnown)
            throws IOException {
        String name = settings.text(kind);
        if (!name.isEmpty() && !name.equals("None") && !name.matches("\\d+") && !isKnown.test(name)) {
            throw new IOException("Error: No such " + kind + ": '" + name + "'");
        }
    }

    private static IllegalStateException noApplication() {
        return new IllegalStateException("no application");
    }

    private void serves(OutputStream channel) {
        try {
            Background.serves(channel);
        } catch (IOException gone) {
            throw new UncheckedIOException(gone);
        }
    }

    /// Files are looked for in the application's folder, to which gunicorn goes before it opens any.
    private GunicornServer.Call call(Configuration configuration, Application application) throws IOException {
        Path directory = Path.of(application.surroundings().directory());
        Sockets sockets = Sockets.of(configuration.settings(), environment);
        GunicornSite.Made made = GunicornSite.of(configuration.settings(), application, sockets.listen(), directory);
        Plan plan =
                made.plan().orElseThrow(() -> new IOException("Error: " + String.join("\nError: ", made.problems())));
        return new GunicornServer.Call(configuration, plan, application, sockets.inherited());
    }
}
