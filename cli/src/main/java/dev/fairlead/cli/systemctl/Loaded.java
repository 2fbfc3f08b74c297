package dev.fairlead.cli.systemctl;

import dev.fairlead.dialect.Glob;
import dev.fairlead.dialect.systemd.install.FileState;
import dev.fairlead.dialect.systemd.install.InstallFault;
import dev.fairlead.dialect.systemd.install.Presets;
import dev.fairlead.dialect.systemd.install.UnitFiles;
import dev.fairlead.dialect.systemd.install.UnitPath;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The units of a running stack, joined with what their files say.
record Loaded(List<Properties> units, UnitPath path) {
    Loaded {
        units = List.copyOf(units);
    }

    Optional<Properties> unit(String name) {
        return units.stream().filter(unit -> unit.id().equals(name)).findFirst();
    }

    /// Of a name, whether the stack knows it or not.
    Properties any(String name) {
        Optional<Properties> known = unit(name);
        Map<String, String> more = new LinkedHashMap<>();
        Optional<FileState> state = state(name);
        state.ifPresent(found -> {
            more.put("UnitFileState", found.word());
            more.put("UnitFilePreset", Presets.read(path).enables(name) ? "enabled" : "disabled");
        });
        if (known.isPresent()) {
            Properties unit = known.get();
            return state.isPresent() ? unit.with(more) : unit;
        }
        if (state.isEmpty()) {
            return Properties.down(name, "not-found", more);
        }
        List<Path> sources = new UnitFiles(path).sources(name);
        if (!sources.isEmpty()) {
            more.put("FragmentPath", sources.getFirst().toString());
        }
        boolean isMasked = state.get() == FileState.MASKED || state.get() == FileState.MASKED_RUNTIME;
        return Properties.down(name, isMasked ? "masked" : "loaded", more);
    }

    private Optional<FileState> state(String name) {
        try {
            return Optional.of(new UnitFiles(path).state(name));
        } catch (InstallFault none) {
            return Optional.empty();
        }
    }

    /// Full names of what was typed; a pattern stands for the known units it matches, those that are down only
    /// with `--all`.
    List<String> names(Arguments arguments) {
        List<String> names = new ArrayList<>();
        for (String name : Names.patterns(arguments.operands())) {
            if (Glob.isPattern(name)) {
                units.stream()
                        .filter(unit -> arguments.has("all") || !unit.activity().equals("inactive"))
                        .map(Properties::id)
                        .filter(id -> Glob.matches(name, id))
                        .forEach(names::add);
            } else {
                names.add(name);
            }
        }
        return names;
    }
}
