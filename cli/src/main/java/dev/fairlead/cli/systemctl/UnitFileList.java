package dev.fairlead.cli.systemctl;

import dev.fairlead.dialect.Glob;
import dev.fairlead.dialect.systemd.install.Presets;
import dev.fairlead.dialect.systemd.install.UnitFiles;
import dev.fairlead.dialect.systemd.install.UnitPath;
import java.io.PrintStream;
import java.util.List;

/// `list-unit-files`.
///
/// @param path where the files are looked for
record UnitFileList(Arguments arguments, UnitPath path, PrintStream out, PrintStream err) {

    int run() throws Fault {
        String format = Outputs.format(arguments);
        List<String> types = Outputs.types(arguments).types();
        List<String> states = arguments.list("state");
        Presets presets = Presets.read(path);
        presets.complaints().forEach(err::println);
        Grid grid = new Grid("UNIT FILE", "STATE", "PRESET");
        for (UnitFiles.Row row : new UnitFiles(path).all(presets)) {
            String type = row.name().substring(row.name().lastIndexOf('.') + 1);
            boolean isWanted = (types.isEmpty() || types.contains(type))
                    && (states.isEmpty() || states.contains(row.state().word()))
                    && (arguments.operands().isEmpty()
                            || arguments.operands().stream().anyMatch(one -> Glob.matches(one, row.name())));
            if (isWanted) {
                grid.add(
                        row.name(),
                        row.state().word(),
                        row.preset()
                                .map(enabled -> enabled ? "enabled" : "disabled")
                                .orElse(""));
            }
        }
        if (format.startsWith("json")) {
            out.print(grid.json(format.equals("json-pretty")));
        } else {
            out.print(grid.text(arguments.hasLegend()));
            if (arguments.hasLegend()) {
                out.println("\n" + grid.size() + " unit files listed.");
            }
        }
        return grid.size() == 0 ? 1 : 0;
    }
}
