package dev.fairlead.cli.systemctl;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/// `list-dependencies`: what a unit brings up, or what brings it up, as a tree.
record UnitRelations(Arguments arguments, Loaded loaded, PrintStream out) {
    private static final List<String> PULLED_IN = List.of("Requires", "Requisite", "Wants", "BindsTo", "Upholds");
    private static final Comparator<String> ORDER = Comparator.comparing((String name) -> name.endsWith(".target"))
            .thenComparing(String.CASE_INSENSITIVE_ORDER);

    int run() {
        List<String> names = arguments.operands().isEmpty() ? List.of("default.target") : loaded.names(arguments);
        boolean isFirst = true;
        for (String name : names) {
            if (!isFirst) {
                out.println();
            }
            isFirst = false;
            out.println(name);
            children(name, List.of(), new LinkedHashSet<>(Set.of(name)));
        }
        return 0;
    }

    private void children(String name, List<Boolean> branches, Set<String> above) {
        List<String> names = related(name);
        for (int i = 0; i < names.size(); i++) {
            String child = names.get(i);
            boolean isLast = i + 1 == names.size();
            out.println(line(child, branches, isLast));
            boolean goesOn = arguments.has("all") || child.endsWith(".target");
            if (goesOn && above.add(child)) {
                List<Boolean> deeper = new ArrayList<>(branches);
                deeper.add(!isLast);
                children(child, deeper, above);
                above.remove(child);
            }
        }
    }

    private String line(String name, List<Boolean> branches, boolean isLast) {
        if (arguments.has("plain")) {
            return "  ".repeat(branches.size() + 1) + name;
        }
        StringBuilder text = new StringBuilder(loaded.any(name).dot()).append(' ');
        branches.forEach(more -> text.append(more ? "│ " : "  "));
        return text.append(isLast ? "└─" : "├─").append(name).toString();
    }

    private List<String> related(String name) {
        Set<String> names = new LinkedHashSet<>();
        boolean isReverse = arguments.has("reverse");
        List<String> kinds = kinds();
        if (isReverse) {
            loaded.units().stream()
                    .filter(unit ->
                            kinds.stream().anyMatch(kind -> unit.list(kind).contains(name)))
                    .map(Properties::id)
                    .forEach(names::add);
        } else {
            Properties unit = loaded.any(name);
            kinds.forEach(kind -> names.addAll(unit.list(kind)));
        }
        return names.stream().sorted(ORDER).toList();
    }

    private List<String> kinds() {
        if (arguments.has("after")) {
            return List.of("After");
        }
        return arguments.has("before") ? List.of("Before") : PULLED_IN;
    }
}
