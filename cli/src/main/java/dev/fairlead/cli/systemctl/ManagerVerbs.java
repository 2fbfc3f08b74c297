package dev.fairlead.cli.systemctl;

import dev.fairlead.dialect.Glob;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.function.Predicate;

/// The verbs about what a supervisor has besides units: `show-environment` and its kin, `list-jobs`, `cancel`.
///
/// @param environment of this process
record ManagerVerbs(
        Arguments arguments, RunningStack stack, Map<String, String> environment, PrintStream out, PrintStream err) {
    /// What a shell would take for something else.
    private static final String SPECIAL = " \t\n\r\"\\`$*?['()<>|&;!";

    int showEnvironment() throws Fault {
        SequencedMap<String, String> variables = stack.variables();
        String format = Outputs.format(arguments);
        if (format.startsWith("json")) {
            boolean isPretty = format.equals("json-pretty");
            List<String> members = new ArrayList<>();
            variables.forEach(
                    (name, value) -> members.add(Grid.quoted(name) + (isPretty ? " : " : ":") + Grid.quoted(value)));
            out.println(
                    isPretty ? "{\n\t" + String.join(",\n\t", members) + "\n}" : "{" + String.join(",", members) + "}");
            return 0;
        }
        variables.forEach((name, value) -> out.println(name + "=" + quoted(value)));
        return 0;
    }

    int changeEnvironment(boolean isSet) throws Fault {
        return change(isSet ? "set" : "unset", arguments.operands());
    }

    /// Takes over variables of this process: those named, or all.
    int importEnvironment() throws Fault {
        SequencedMap<String, String> taken = new LinkedHashMap<>();
        if (arguments.operands().isEmpty()) {
            err.println("Calling import-environment without a list of variable names is deprecated.");
            environment.forEach((name, value) -> {
                if (name.matches("[A-Za-z_][A-Za-z0-9_]*")) {
                    taken.put(name, value);
                }
            });
        }
        for (String name : arguments.operands()) {
            if (!name.matches("[A-Za-z_][A-Za-z0-9_]*")) {
                throw new Fault("Not a valid environment variable name: " + name);
            }
            Optional<String> value = Optional.ofNullable(environment.get(name));
            if (value.isEmpty()) {
                err.println("Environment variable $" + name + " not set, ignoring.");
            }
            value.ifPresent(text -> taken.put(name, text));
        }
        if (taken.isEmpty()) {
            return 0;
        }
        return change(
                "set",
                taken.entrySet().stream()
                        .map(entry -> entry.getKey() + "=" + entry.getValue())
                        .toList());
    }

    private int change(String what, List<String> values) throws Fault {
        StringBuilder query = new StringBuilder();
        for (String value : values) {
            query.append(query.isEmpty() ? "?" : "&").append(what).append('=').append(RunningStack.encoded(value));
        }
        RunningStack.Reply reply = stack.post("/variables" + query);
        if (!reply.isDone()) {
            throw new Fault("Failed to set environment: " + reply.message());
        }
        return 0;
    }

    private static String quoted(String value) {
        boolean isPlain = value.chars().noneMatch(c -> SPECIAL.indexOf(c) >= 0 || c < ' ' || c == 0x7f);
        if (isPlain) {
            return value;
        }
        StringBuilder text = new StringBuilder("$'");
        value.chars().forEach(c -> {
            switch (c) {
                case '\n' -> text.append("\\n");
                case '\t' -> text.append("\\t");
                case '\r' -> text.append("\\r");
                case '\'', '\\' -> text.append('\\').append((char) c);
                default -> {
                    if (c < ' ' || c == 0x7f) {
                        text.append('\\')
                                .append((char) ('0' + (c >> 6)))
                                .append((char) ('0' + (c >> 3 & 7)))
                                .append((char) ('0' + (c & 7)));
                    } else {
                        text.append((char) c);
                    }
                }
            }
        });
        return text.append('\'').toString();
    }

    int jobs() throws Fault {
        List<String> names = arguments.operands();
        Predicate<String> isMeant =
                unit -> names.isEmpty() || names.stream().anyMatch(name -> Glob.matches(name, unit));
        Grid grid = new Grid("JOB", "UNIT", "TYPE", "STATE");
        for (SequencedMap<String, String> job : stack.jobs()) {
            String unit = job.getOrDefault("unit", "");
            if (isMeant.test(unit)) {
                grid.add(
                        job.getOrDefault("job", ""), unit, job.getOrDefault("type", ""), job.getOrDefault("state", ""));
            }
        }
        String format = Outputs.format(arguments);
        if (format.startsWith("json")) {
            out.print(grid.json(format.equals("json-pretty")));
        } else if (grid.size() > 0) {
            out.print(grid.text(arguments.hasLegend()));
        }
        if (arguments.hasLegend() && !format.startsWith("json")) {
            boolean isAll = names.isEmpty();
            String none = isAll ? "No jobs running." : "No jobs listed.";
            out.println(grid.size() > 0 ? "\n" + grid.size() + " jobs listed." : none);
        }
        return 0;
    }

    /// Gives up the jobs of these numbers, or all.
    int cancel() throws Fault {
        if (arguments.operands().isEmpty()) {
            stack.post("/cancel");
        }
        int worst = 0;
        for (String number : arguments.operands()) {
            if (!number.matches("\\d{1,9}")) {
                throw new Fault("Failed to parse job id \"" + number + "\": Invalid argument");
            }
            RunningStack.Reply reply = stack.post("/cancel?job=" + number);
            if (!reply.isDone()) {
                err.println("Failed to cancel job " + number + ": " + reply.message());
                worst = 1;
            }
        }
        return worst;
    }
}
