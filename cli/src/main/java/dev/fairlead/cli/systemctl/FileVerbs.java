package dev.fairlead.cli.systemctl;

import dev.fairlead.dialect.systemd.install.FileState;
import dev.fairlead.dialect.systemd.install.InstallFault;
import dev.fairlead.dialect.systemd.install.Installer;
import dev.fairlead.dialect.systemd.install.Presets;
import dev.fairlead.dialect.systemd.install.UnitFiles;
import dev.fairlead.dialect.systemd.install.UnitPath;
import dev.fairlead.dialect.systemd.name.UnitName;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// The verbs that are about files: they need nothing that runs.
final class FileVerbs {
    private static final String NOTHING_TO_ENABLE = """
            The unit files have no installation config (WantedBy=, RequiredBy=, Also=,
            Alias= settings in the [Install] section, and DefaultInstance= for template
            units). This means they are not meant to be enabled using systemctl.
            \s
            Possible reasons for having this kind of units are:
            • A unit may be statically enabled by being symlinked from another unit's
              .wants/ or .requires/ directory.
            • A unit's purpose may be to act as a helper for some other unit which has
              a requirement dependency on it.
            • A unit may be started when needed via activation (socket, path, timer,
              D-Bus, udev, scripted systemctl call, ...).
            • In case of template units, the unit is meant to be enabled with some
              instance name specified.""";

    private final Arguments arguments;
    private final UnitPath path;
    private final PrintStream out;
    private final PrintStream err;

    FileVerbs(Arguments arguments, UnitPath path, PrintStream out, PrintStream err) {
        this.arguments = arguments;
        this.path = path;
        this.out = out;
        this.err = err;
    }

    private Installer installer() {
        return new Installer(path, arguments.has("runtime"), arguments.has("force"));
    }

    private Names names() {
        return new Names(err, arguments.isQuiet());
    }

    /// The verbs that make and remove links: `enable`, `disable`, `mask`, `preset` and their kin.
    ///
    /// @param now what is done besides for `--now`
    int change(Now now) throws Fault {
        String verb = arguments.verb();
        List<String> units = units(verb);
        Installer installer = installer();
        Installer.Result result = switch (verb) {
            case "enable" -> installer.enable(units);
            case "disable" -> installer.disable(baseNames(units, verb));
            case "reenable" -> installer.reenable(units);
            case "mask" -> installer.mask(units);
            case "unmask" -> installer.unmask(units);
            case "link" -> installer.link(paths());
            case "revert" -> installer.revert(units);
            case "preset" -> installer.preset(units, presets(), enables(), disables());
            default -> throw new Fault("Unknown command verb " + verb + ".");
        };
        ChangeTexts.print(result, verb, arguments.isQuiet(), err);
        boolean asksForNothing = result.links() == 0 && !result.failed();
        if (asksForNothing && !arguments.isQuiet()) {
            err.println(NOTHING_TO_ENABLE);
        }
        hint(result);
        if (result.failed()) {
            return 1;
        }
        Optional<String> also = arguments.has("now") ? besides(verb) : Optional.empty();
        return also.isPresent() ? now.run(arguments, also.get(), baseNames(units, verb)) : 0;
    }

    private static Optional<String> besides(String verb) {
        return switch (verb) {
            case "enable", "reenable" -> Optional.of("start");
            case "disable", "mask" -> Optional.of("stop");
            default -> Optional.empty();
        };
    }

    /// Starts or stops units of the running stack.
    interface Now {
        /// @return the exit status
        int run(Arguments arguments, String verb, List<String> names) throws Fault;
    }

    /// An instance is written with `@`; people who remember that wrongly are told.
    private void hint(Installer.Result result) {
        if (!result.failed() || arguments.isQuiet()) {
            return;
        }
        for (String typed : arguments.operands()) {
            int at = typed.indexOf('#');
            Optional<UnitName> meant = at > 0 ? UnitName.ofTyped(typed.replace('#', '@')) : Optional.empty();
            meant.ifPresent(name -> err.println("Did you mean " + name + "?"));
        }
    }

    private List<String> units(String verb) {
        List<String> units = new ArrayList<>();
        for (String word : arguments.operands()) {
            units.add(
                    word.contains("/")
                            ? Path.of(word).toAbsolutePath().normalize().toString()
                            : names().plain(word, verb, ".service"));
        }
        return units;
    }

    private List<String> baseNames(List<String> units, String verb) {
        boolean hasPaths = units.stream().anyMatch(unit -> unit.startsWith("/"));
        if (hasPaths && !arguments.isQuiet()) {
            err.println("Warning: Can't execute " + verb + " on the unit file path. Proceeding with the unit name.");
        }
        return units.stream()
                .map(unit -> unit.substring(unit.lastIndexOf('/') + 1))
                .toList();
    }

    private List<String> paths() throws Fault {
        List<String> paths = new ArrayList<>();
        for (String word : arguments.operands()) {
            if (!word.startsWith("/") && arguments.has("root")) {
                throw new Fault("Non-absolute paths are not allowed when --root is used: " + word);
            }
            paths.add(Path.of(word).toAbsolutePath().normalize().toString());
        }
        return paths;
    }

    private Presets presets() {
        Presets presets = Presets.read(path);
        presets.complaints().forEach(err::println);
        return presets;
    }

    private boolean enables() throws Fault {
        return !presetMode().equals("disable-only");
    }

    private boolean disables() throws Fault {
        return !presetMode().equals("enable-only");
    }

    private String presetMode() throws Fault {
        String mode = arguments.value("preset-mode").orElse("full");
        if (!List.of("full", "enable-only", "disable-only").contains(mode)) {
            throw new Fault("Failed to parse preset mode: " + mode + ".");
        }
        return mode;
    }

    int presetAll() throws Fault {
        Installer.Result result = installer().presetAll(presets(), enables(), disables());
        ChangeTexts.print(result, "preset", arguments.isQuiet(), err);
        return result.failed() ? 1 : 0;
    }

    /// `add-wants`, `add-requires`.
    int addDependency() {
        String target = names().plain(arguments.operands().getFirst(), "add dependency on", ".target");
        List<String> units = names().plain(
                        arguments.operands().subList(1, arguments.operands().size()), "add dependency on");
        Installer.Result result =
                installer().addTo(target, units, arguments.verb().equals("add-requires"));
        ChangeTexts.print(result, "add dependency on", arguments.isQuiet(), err);
        return result.failed() ? 1 : 0;
    }

    int isEnabled() throws Fault {
        boolean anyOn = false;
        for (String word : arguments.operands()) {
            String name = word.startsWith("/") ? word : names().plain(word, "check", ".service");
            FileState state;
            try {
                if (UnitName.parse(name).isEmpty()) {
                    throw new Fault("Failed to get unit file state for " + name + ": Invalid argument");
                }
                state = new UnitFiles(path).state(name);
            } catch (InstallFault fault) {
                throw new Fault("Failed to get unit file state for " + name + ": " + fault.getMessage());
            }
            anyOn |= state.isOn();
            if (!arguments.isQuiet()) {
                out.println(state.word());
            }
        }
        return anyOn ? 0 : 1;
    }

    int getDefault() throws Fault {
        try {
            out.println(installer().defaultTarget());
            return 0;
        } catch (InstallFault fault) {
            throw new Fault("Failed to get default target: " + fault.getMessage());
        }
    }

    int setDefault() {
        String target = names().plain(arguments.operands().getFirst(), "set default", ".target");
        Installer.Result result = installer().setDefaultTarget(target);
        ChangeTexts.print(result, "set default", arguments.isQuiet(), err);
        return result.failed() ? 1 : 0;
    }
}
