package dev.fairlead.cli.systemctl;

import java.io.PrintStream;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;

/// `show`: properties for scripts.
///
/// @param jobs their numbers by unit
record UnitShow(Arguments arguments, RunningStack stack, Loaded loaded, Map<String, String> jobs, PrintStream out) {

    int run() throws Fault {
        List<String> names = loaded.names(arguments);
        if (arguments.operands().isEmpty()) {
            print(manager());
            return 0;
        }
        boolean isFirst = true;
        for (String name : names) {
            if (!isFirst) {
                out.println();
            }
            isFirst = false;
            print(complete(loaded.any(name)));
        }
        return 0;
    }

    private Properties manager() throws Fault {
        SequencedMap<String, String> about = stack.stack();
        SequencedMap<String, String> all = new LinkedHashMap<>();
        all.put("Version", "252 (Fairlead)");
        all.put("NNames", Integer.toString(loaded.units().size()));
        all.put(
                "NFailedUnits",
                Long.toString(loaded.units().stream()
                        .filter(unit -> unit.activity().equals("failed"))
                        .count()));
        all.put("NJobs", Integer.toString(stack.jobs().size()));
        all.put("UnitPath", loaded.path().lasting().toString());
        all.put("SystemState", SystemState.of(stack, loaded));
        all.put("MainPID", about.getOrDefault("pid", "0"));
        return new Properties(all);
    }

    /// Everything that is known of a unit, in systemd's order; what systemd has no name for comes last.
    private Properties complete(Properties unit) throws Fault {
        SequencedMap<String, String> all = new LinkedHashMap<>();
        all.put("Job", jobs.getOrDefault(unit.id(), ""));
        if (unit.id().endsWith(".service")) {
            // Those of a service that has no more to say about itself.
            List.of("ControlPID", "NFileDescriptorStore", "StatusErrno").forEach(name -> all.put(name, "0"));
        }
        if (unit.text("LoadState").equals("not-found")) {
            all.put("LoadError", "org.freedesktop.systemd1.NoSuchUnit \"Unit " + unit.id() + " not found.\"");
        }
        all.putAll(unit.all());
        SequencedMap<String, String> sorted = new LinkedHashMap<>();
        all.entrySet().stream()
                .sorted(Comparator.comparingInt(entry -> PropertyOrder.of(entry.getKey())))
                .forEach(entry -> sorted.put(entry.getKey(), entry.getValue()));
        return new Properties(sorted);
    }

    private void print(Properties unit) throws Fault {
        List<String> wanted = new ArrayList<>(arguments.list("property"));
        wanted.addAll(arguments.list("P"));
        boolean valuesOnly = arguments.has("value") || arguments.has("P");
        for (Map.Entry<String, String> property : unit.all().entrySet()) {
            boolean isWanted = wanted.isEmpty() || wanted.contains(property.getKey());
            boolean isShown = !wanted.isEmpty()
                    || arguments.has("all")
                    || !property.getValue().isEmpty();
            if (isWanted && isShown) {
                String value = shown(property.getKey(), property.getValue());
                out.println(valuesOnly ? value : property.getKey() + "=" + value);
            }
        }
    }

    private String shown(String name, String value) throws Fault {
        if (name.endsWith("Timestamp")) {
            return timestamp(value);
        }
        return name.endsWith("USec") && value.matches("\\d{1,18}") ? Moments.span(Long.parseLong(value)) : value;
    }

    private String timestamp(String value) throws Fault {
        long micros = value.matches("\\d{1,18}") ? Long.parseLong(value) : 0;
        if (micros == 0) {
            return "";
        }
        String style = arguments.value("timestamp").orElse("pretty");
        return switch (style) {
            case "pretty" -> Moments.timestamp(micros, ZoneId.systemDefault());
            case "utc" -> Moments.timestamp(micros, ZoneId.of("UTC"));
            case "unix" -> "@" + micros / 1_000_000;
            default -> throw new Fault("Invalid value: " + style + ".");
        };
    }
}
