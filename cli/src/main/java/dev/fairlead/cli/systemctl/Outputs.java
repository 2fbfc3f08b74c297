package dev.fairlead.cli.systemctl;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;

/// The options that say which units are shown and how.
final class Outputs {
    static final List<String> TYPES = List.of(
            "service", "mount", "swap", "socket", "target", "device", "automount", "timer", "path", "slice", "scope");
    private static final List<String> LOAD_STATES =
            List.of("stub", "loaded", "not-found", "bad-setting", "error", "merged", "masked");
    private static final List<String> ACTIVE_STATES =
            List.of("active", "reloading", "inactive", "failed", "activating", "deactivating", "maintenance");
    private static final List<String> FILE_STATES = List.of(
            "enabled",
            "enabled-runtime",
            "linked",
            "linked-runtime",
            "alias",
            "masked",
            "masked-runtime",
            "static",
            "disabled",
            "indirect",
            "generated",
            "transient",
            "bad");
    private static final List<String> FORMATS = List.of(
            "short",
            "short-full",
            "short-iso",
            "short-iso-precise",
            "short-precise",
            "short-monotonic",
            "short-unix",
            "verbose",
            "export",
            "json",
            "json-pretty",
            "json-sse",
            "json-seq",
            "cat",
            "with-unit");

    private Outputs() {}

    /// What `--type` names: kinds of units, or states of loading.
    record Types(List<String> types, List<String> loadStates) {}

    static Types types(Arguments arguments) throws Fault {
        List<String> types = new ArrayList<>();
        List<String> states = new ArrayList<>();
        for (String word : arguments.list("type")) {
            if (TYPES.contains(word)) {
                types.add(word);
            } else if (LOAD_STATES.contains(word)) {
                states.add(word);
            } else {
                throw new Fault("Unknown unit type or load state '" + word + "'.\n"
                        + "Use -t help to see a list of allowed values.");
            }
        }
        return new Types(types, states);
    }

    static String format(Arguments arguments) throws Fault {
        String format = arguments.value("output").orElse("short");
        if (!FORMATS.contains(format)) {
            throw new Fault("Unknown output '" + format + "'.");
        }
        return format;
    }

    /// How many lines of a log are shown.
    static int lines(Arguments arguments) throws Fault {
        String lines = arguments.value("lines").orElse("10");
        if (!lines.matches("\\d{1,9}")) {
            throw new Fault("Failed to parse lines '" + lines + "'");
        }
        return Integer.parseInt(lines);
    }

    /// Answers `--type=help` and `--state=help`.
    ///
    /// @return whether one of them was asked
    static boolean help(Arguments arguments, PrintStream out) {
        if (arguments.list("type").contains("help")) {
            out.println("Available unit types:");
            TYPES.forEach(out::println);
            return true;
        }
        if (arguments.list("state").contains("help")) {
            print("unit load", LOAD_STATES, out);
            out.println();
            print("unit active", ACTIVE_STATES, out);
            out.println();
            print("unit file", FILE_STATES, out);
            return true;
        }
        if (arguments.value("preset-mode").orElse("").equals("help")) {
            List.of("full", "enable-only", "disable-only").forEach(out::println);
            return true;
        }
        return false;
    }

    private static void print(String what, List<String> states, PrintStream out) {
        out.println("Available " + what + " states:");
        states.forEach(out::println);
    }
}
