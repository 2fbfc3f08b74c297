package dev.fairlead.cli.initctl;

import dev.fairlead.unit.Suggestion;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What stands on initctl's command line. Options may stand anywhere, words behind `--` are words.
///
/// @param called the name it was called by: `initctl`, or that of a command
/// @param verb empty where only `--help` or `--version` was asked for
/// @param options in their long form, with their values
record InitctlArguments(String called, Optional<Verb> verb, Map<String, String> options, List<String> words) {
    private static final String CALLED = "--called=";
    private static final Map<String, String> SHORT = Map.of(
            "-n", "--no-wait",
            "-q", "--quiet",
            "-v", "--verbose",
            "-e", "--enumerate",
            "-w", "--warn",
            "-g", "--global",
            "-r", "--retain");
    private static final List<String> EVERYWHERE = List.of(
            "--quiet", "--verbose", "--help", "--version", "--session", "--system", "--user", "--dest", "--stack");
    private static final List<String> VALUED = List.of("--dest", "--ignore-events", "--stack");

    InitctlArguments {
        options = Map.copyOf(options);
        words = List.copyOf(words);
    }

    /// What could not be understood, in the words of the tool.
    static final class Fault extends Exception {
        private static final long serialVersionUID = 1L;

        private final String called;

        Fault(String called, String message) {
            super(message);
            this.called = called;
        }

        /// The program's name, as its messages begin.
        String called() {
            return called;
        }
    }

    boolean has(String option) {
        return options.containsKey(option);
    }

    static InitctlArguments read(List<String> line) throws Fault {
        String called = line.isEmpty() || !line.getFirst().startsWith(CALLED)
                ? "initctl"
                : line.getFirst().substring(CALLED.length());
        List<String> left = new ArrayList<>(called.equals("initctl") ? line : line.subList(1, line.size()));
        Map<String, String> options = new LinkedHashMap<>();
        List<String> words = new ArrayList<>();
        while (!left.isEmpty()) {
            String word = left.removeFirst();
            if (word.equals("--")) {
                words.addAll(left);
                left.clear();
            } else if (word.startsWith("-") && word.length() > 1) {
                option(called, word, left, options);
            } else {
                words.add(word);
            }
        }
        Optional<Verb> verb = Verb.find(called);
        if (called.equals("initctl") && !words.isEmpty()) {
            verb = Optional.of(verb(words.removeFirst()));
        }
        InitctlArguments arguments = new InitctlArguments(called, verb, options, words);
        arguments.check();
        return arguments;
    }

    private static Verb verb(String name) throws Fault {
        String meant = Suggestion.nearest(name, Verb.allNames().toList())
                .map(near -> " (did you mean " + near + "?)")
                .orElse("");
        return Verb.find(name).orElseThrow(() -> new Fault("initctl", "invalid command: " + name + meant));
    }

    private static void option(String called, String word, List<String> left, Map<String, String> options)
            throws Fault {
        int equals = word.indexOf('=');
        String given = equals < 0 ? word : word.substring(0, equals);
        String name = SHORT.getOrDefault(given, given);
        String value = equals < 0 ? "" : word.substring(equals + 1);
        if (VALUED.contains(name) && equals < 0) {
            if (left.isEmpty()) {
                throw new Fault(called, "missing argument: " + name);
            }
            value = left.removeFirst();
        }
        options.put(name, value);
    }

    private void check() throws Fault {
        for (String option : options.keySet()) {
            boolean isKnown = EVERYWHERE.contains(option)
                    || verb.filter(one -> one.options().contains(option)).isPresent();
            if (!isKnown) {
                throw new Fault(called, "invalid option: " + option);
            }
        }
        boolean onlyTells = has("--help") || has("--version");
        if (verb.isEmpty() && !onlyTells) {
            throw new Fault(called, "missing command");
        }
    }
}
