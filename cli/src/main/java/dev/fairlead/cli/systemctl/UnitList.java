package dev.fairlead.cli.systemctl;

import dev.fairlead.dialect.Glob;
import java.io.PrintStream;
import java.util.Comparator;
import java.util.List;

/// `list-units`.
record UnitList(Arguments arguments, Loaded loaded, PrintStream out) {
    private static final Comparator<Properties> ORDER = Comparator.comparing(
                    (Properties unit) -> unit.id().substring(unit.id().lastIndexOf('.')), String.CASE_INSENSITIVE_ORDER)
            .thenComparing(Properties::id, String.CASE_INSENSITIVE_ORDER);

    int run() throws Fault {
        String format = Outputs.format(arguments);
        Outputs.Types types = Outputs.types(arguments);
        List<Properties> shown = loaded.units().stream()
                .filter(unit -> isWanted(unit, types))
                .sorted(ORDER)
                .toList();
        boolean isJson = format.startsWith("json");
        boolean hasDots = !isJson && !arguments.has("plain");
        Grid grid = new Grid("UNIT", "LOAD", "ACTIVE", "SUB", "DESCRIPTION");
        for (Properties unit : shown) {
            grid.add(
                    unit.id(),
                    unit.text("LoadState"),
                    unit.activity(),
                    unit.text("SubState"),
                    unit.text("Description"));
        }
        if (isJson) {
            out.print(grid.json(format.equals("json-pretty")));
            return 0;
        }
        List<String> lines = grid.text(arguments.hasLegend()).lines().toList();
        int heading = arguments.hasLegend() ? 1 : 0;
        for (int i = 0; i < lines.size(); i++) {
            boolean isBad = i >= heading && shown.get(i - heading).activity().equals("failed");
            out.println((hasDots ? isBad ? "● " : "  " : "") + lines.get(i));
        }
        if (arguments.hasLegend()) {
            legend(shown.size());
        }
        return 0;
    }

    private void legend(int count) {
        if (count > 0) {
            out.println();
            out.print("""
                    LOAD   = Reflects whether the unit definition was properly loaded.
                    ACTIVE = The high-level unit activation state, i.e. generalization of SUB.
                    SUB    = The low-level unit activation state, values depend on unit type.
                    """);
        }
        boolean isAll = arguments.has("all") || arguments.list("state").contains("inactive");
        boolean isChosen = arguments.has("state") || arguments.has("failed");
        out.println(count + " loaded units listed."
                + (isAll || isChosen ? "" : " Pass --all to see loaded but inactive units, too."));
        if (isAll || !isChosen) {
            out.println("To show all installed unit files use 'systemctl list-unit-files'.");
        }
    }

    private boolean isWanted(Properties unit, Outputs.Types types) {
        String type = unit.id().substring(unit.id().lastIndexOf('.') + 1);
        List<String> states = arguments.list("state");
        boolean isOfState = states.isEmpty()
                || states.contains(unit.activity())
                || states.contains(unit.text("SubState"))
                || states.contains(unit.text("LoadState"));
        boolean isFailed = !arguments.has("failed") || unit.activity().equals("failed");
        boolean isNamed = arguments.operands().isEmpty()
                || arguments.operands().stream().anyMatch(pattern -> Glob.matches(pattern, unit.id()));
        boolean isShown =
                arguments.has("all") || !states.isEmpty() || !unit.activity().equals("inactive");
        return (types.types().isEmpty() || types.types().contains(type))
                && (types.loadStates().isEmpty() || types.loadStates().contains(unit.text("LoadState")))
                && isOfState
                && isFailed
                && isNamed
                && isShown;
    }
}
