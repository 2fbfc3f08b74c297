package dev.fairlead.cli.systemctl;

import static dev.fairlead.cli.systemctl.VerbRow.ANY;

import dev.fairlead.dialect.systemd.install.UnitPath;
import dev.fairlead.time.Clock;
import dev.fairlead.unit.Suggestion;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/// Behaves like systemctl 252, for the units of a stack: those below `--root`, or of the stack that runs.
public final class SystemctlPersonality {
    private static final Clock CLOCK = Clock.system();
    private static final String VERSION = "systemd 252 (Fairlead)\n";
    private static final List<VerbRow> VERBS = List.of(
            VerbRow.files("enable", 1, ANY),
            VerbRow.files("disable", 1, ANY),
            VerbRow.files("reenable", 1, ANY),
            VerbRow.files("mask", 1, ANY),
            VerbRow.files("unmask", 1, ANY),
            VerbRow.files("link", 1, ANY),
            VerbRow.files("revert", 1, ANY),
            VerbRow.files("preset", 1, ANY),
            VerbRow.files("preset-all", 0, 0),
            VerbRow.files("add-wants", 2, ANY),
            VerbRow.files("add-requires", 2, ANY),
            VerbRow.files("is-enabled", 1, ANY),
            VerbRow.files("list-unit-files", 0, ANY),
            VerbRow.files("cat", 1, ANY),
            VerbRow.files("edit", 1, ANY),
            VerbRow.files("get-default", 0, 0),
            VerbRow.files("set-default", 1, 1),
            VerbRow.running("start", 1, ANY),
            VerbRow.running("stop", 1, ANY),
            VerbRow.running("restart", 1, ANY),
            VerbRow.running("reload", 1, ANY),
            VerbRow.running("try-restart", 1, ANY),
            VerbRow.running("condrestart", 1, ANY),
            VerbRow.running("reload-or-restart", 1, ANY),
            VerbRow.running("try-reload-or-restart", 1, ANY),
            VerbRow.running("reload-or-try-restart", 1, ANY),
            VerbRow.running("force-reload", 1, ANY),
            VerbRow.running("kill", 1, ANY),
            VerbRow.running("isolate", 1, 1),
            VerbRow.running("reset-failed", 0, ANY),
            VerbRow.running("status", 0, ANY),
            VerbRow.running("show", 0, ANY),
            VerbRow.running("is-active", 1, ANY),
            VerbRow.running("is-failed", 1, ANY),
            VerbRow.running("is-system-running", 0, 0),
            VerbRow.running("list-units", 0, ANY),
            VerbRow.running("list-sockets", 0, ANY),
            VerbRow.running("list-timers", 0, ANY),
            VerbRow.running("list-dependencies", 0, ANY),
            VerbRow.running("list-jobs", 0, ANY),
            VerbRow.running("cancel", 0, ANY),
            VerbRow.running("show-environment", 0, 0),
            VerbRow.running("set-environment", 1, ANY),
            VerbRow.running("unset-environment", 1, ANY),
            VerbRow.running("import-environment", 0, ANY),
            VerbRow.running("daemon-reload", 0, 0),
            VerbRow.running("daemon-reexec", 0, 0),
            VerbRow.elsewhere("halt"),
            VerbRow.elsewhere("poweroff"),
            VerbRow.elsewhere("reboot"),
            VerbRow.elsewhere("kexec"),
            VerbRow.elsewhere("suspend"),
            VerbRow.elsewhere("hibernate"),
            VerbRow.elsewhere("rescue"),
            VerbRow.elsewhere("emergency"),
            VerbRow.elsewhere("switch-root"),
            VerbRow.elsewhere("set-property"),
            VerbRow.elsewhere("freeze"),
            VerbRow.elsewhere("thaw"),
            VerbRow.elsewhere("clean"),
            VerbRow.elsewhere("bind"),
            VerbRow.elsewhere("mount-image"),
            VerbRow.elsewhere("log-level"),
            VerbRow.elsewhere("log-target"),
            VerbRow.elsewhere("list-machines"));

    private final PrintStream out;
    private final PrintStream err;

    public SystemctlPersonality(PrintStream out, PrintStream err) {
        this.out = out;
        this.err = err;
    }

    /// @param words without the program's own name
    /// @return the exit status
    public int run(List<String> words) {
        try {
            return run(Arguments.read(words));
        } catch (IllegalArgumentException misunderstood) {
            err.println(misunderstood.getMessage());
            return 1;
        } catch (Fault fault) {
            err.println(fault.getMessage());
            return fault.status();
        }
    }

    private int run(Arguments arguments) throws Fault {
        if (arguments.has("help")) {
            out.print(HelpText.TEXT);
            return 0;
        }
        if (arguments.has("version")) {
            out.print(VERSION);
            return 0;
        }
        if (Outputs.help(arguments, out)) {
            return 0;
        }
        refuse(arguments);
        Outputs.lines(arguments);
        VerbRow verb = verb(arguments.verb());
        int count = arguments.operands().size();
        if (count < verb.least() || count > verb.most()) {
            throw new Fault(count < verb.least() ? "Too few arguments." : "Too many arguments.");
        }
        return switch (verb.kind()) {
            case FILES -> onFiles(arguments);
            case RUNNING -> live(arguments).run();
            case ELSEWHERE ->
                throw new Fault("Verb '" + verb.name() + "' is not supported here: it is about a machine, not a stack");
        };
    }

    private LiveVerbs live(Arguments arguments) throws Fault {
        Stacks stacks = new Stacks(arguments, CLOCK, err);
        return new LiveVerbs(arguments, stacks, new UnitPath(root(arguments)), CLOCK, out, err);
    }

    private static void refuse(Arguments arguments) throws Fault {
        if (arguments.has("user") || arguments.has("global")) {
            throw new Fault("--" + (arguments.has("user") ? "user" : "global")
                    + " is not supported: there is one manager of a stack's units, and none of a user's own");
        }
        if (arguments.has("host") || arguments.has("machine")) {
            throw new Fault(
                    (arguments.has("host") ? "-H" : "-M") + " is not supported: log in there and call systemctl");
        }
        if (arguments.has("image")) {
            throw new Fault("--image is not supported: mount it and use --root");
        }
    }

    private static VerbRow verb(String name) throws Fault {
        List<String> names = VERBS.stream().map(VerbRow::name).toList();
        Optional<VerbRow> verb =
                VERBS.stream().filter(row -> row.name().equals(name)).findFirst();
        return verb.orElseThrow(() -> new Fault("Unknown command verb " + name
                + Suggestion.nearest(name, names)
                        .map(near -> ", did you mean " + near + "?")
                        .orElse(".")));
    }

    private int onFiles(Arguments arguments) throws Fault {
        UnitPath path = new UnitPath(root(arguments));
        FileVerbs files = new FileVerbs(arguments, path, out, err);
        return switch (arguments.verb()) {
            case "list-unit-files" -> new UnitFileList(arguments, path, out, err).run();
            case "cat" -> new UnitTexts(arguments, path, out, err).cat();
            case "edit" -> new UnitTexts(arguments, path, out, err).edit();
            case "is-enabled" -> files.isEnabled();
            case "get-default" -> files.getDefault();
            case "set-default" -> files.setDefault();
            case "preset-all" -> files.presetAll();
            case "add-wants", "add-requires" -> files.addDependency();
            default -> files.change(this::now);
        };
    }

    /// What `--now` adds.
    private int now(Arguments arguments, String verb, List<String> names) throws Fault {
        return live(arguments).now(verb, names);
    }

    /// The folder that stands for `/`: `--root`, else that of the stack that runs, else the folder one is in,
    /// each where it holds units as a root does.
    private Path root(Arguments arguments) throws Fault {
        if (arguments.has("root")) {
            return Path.of(arguments.value("root").orElse("")).toAbsolutePath().normalize();
        }
        Stacks stacks = new Stacks(arguments, CLOCK, err);
        if (stacks.socket().isPresent()) {
            Path location = Path.of(stacks.running().stack().getOrDefault("location", "/"));
            return Files.isDirectory(location.resolve("etc/systemd/system")) ? location : Path.of("/");
        }
        Path here = Path.of("").toAbsolutePath();
        return Files.isDirectory(here.resolve("etc/systemd/system")) ? here : Path.of("/");
    }
}
