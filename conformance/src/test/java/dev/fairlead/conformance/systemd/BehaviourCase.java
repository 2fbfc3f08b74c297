package dev.fairlead.conformance.systemd;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// A few units and what is asked of them, one thing after the other.
///
/// @param units their files by name, with the prefix in place
/// @param steps such as `start NAME`, `until NAME active/running`, `lines 2`, `run COMMAND`
record BehaviourCase(String name, Map<String, String> units, List<String> steps) {
    BehaviourCase {
        units = new LinkedHashMap<>(units);
        steps = List.copyOf(steps);
    }

    /// Makes a small root with a shell, and what it is linked with.
    private static final String TREE = """
            mkdir -p @tree/bin @tree/sub @tree/proc @tree/sys @tree/dev @tree/run @tree/tmp; echo first >@tree/sub/here; \
            for file in /bin/sh $(ldd /bin/sh | grep -o "/[^ ]*"); do \
            mkdir -p @tree$(dirname $file); cp -L $file @tree$file; done; chmod -R 0777 @tree
            """.strip();

    static List<BehaviourCase> all(String text) {
        List<BehaviourCase> cases = new ArrayList<>();
        for (String part : text.split("(?m)^== ", -1)) {
            if (!part.startsWith("#")) {
                cases.add(read(part));
            }
        }
        return cases;
    }

    private static BehaviourCase read(String part) {
        List<String> lines = part.lines().toList();
        String name = lines.getFirst().strip();
        Map<String, Map<String, StringBuilder>> sections = new LinkedHashMap<>();
        List<String> steps = new ArrayList<>();
        String unit = "";
        String section = "";
        for (String written : lines.subList(1, lines.size())) {
            String line = written.replace("~", name + "-");
            if (line.startsWith("> ")) {
                steps.add(line.substring(2));
            } else if (line.startsWith("[") && line.contains(".")) {
                unit = line.substring(1, line.length() - 1);
                section = section(unit);
                sections.put(
                        unit,
                        new LinkedHashMap<>(
                                Map.of("[Unit]", new StringBuilder("DefaultDependencies=no\nIgnoreOnIsolate=yes\n"))));
            } else if (line.startsWith("[")) {
                section = line;
            } else if (!line.isBlank()) {
                sections.getOrDefault(unit, new LinkedHashMap<>())
                        .computeIfAbsent(section, none -> new StringBuilder())
                        .append(line)
                        .append('\n');
            }
        }
        Map<String, String> units = new LinkedHashMap<>();
        sections.forEach((file, all) -> {
            StringBuilder text = new StringBuilder();
            all.forEach((heading, body) -> text.append(heading).append('\n').append(body));
            units.put(file, text.toString());
        });
        return new BehaviourCase(name, units, steps);
    }

    private static String section(String unit) {
        String kind = unit.substring(unit.lastIndexOf('.') + 1);
        return kind.equals("target")
                ? "[Unit]"
                : "[" + kind.substring(0, 1).toUpperCase(Locale.ROOT) + kind.substring(1) + "]";
    }

    /// Puts the units into a folder, and beside them the empty file their commands write to.
    void write(Path folder) throws IOException {
        for (Map.Entry<String, String> unit : units.entrySet()) {
            Files.writeString(folder.resolve(unit.getKey()), placed(unit.getValue(), folder));
        }
        Files.writeString(log(folder), "");
        Files.setAttribute(log(folder), "unix:mode", 0666);
    }

    /// Those that have a state: templates have none.
    List<String> unitNames() {
        return units.keySet().stream().filter(unit -> !unit.contains("@.")).toList();
    }

    /// A text of the case with its names for files in place.
    String placed(String text, Path folder) {
        return text.replace("@maketree", TREE)
                .replace("@tree", folder.resolve(name + ".tree").toString())
                .replace("@log", log(folder).toString())
                .replace("@peer", "/usr/bin/python3 " + peer(folder));
    }

    /// The program that the cases' services and commands run.
    static Path peer(Path folder) {
        return folder.resolve("peer.py");
    }

    Path log(Path folder) {
        return folder.resolve(name + ".log");
    }
}
