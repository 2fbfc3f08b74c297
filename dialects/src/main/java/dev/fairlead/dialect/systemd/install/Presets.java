package dev.fairlead.dialect.systemd.install;

import dev.fairlead.dialect.Glob;
import dev.fairlead.dialect.systemd.name.UnitName;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// The policy of a distribution or an administrator, in `*.preset` files, about which units are to be enabled.
/// The first rule that matches counts; what none matches is to be enabled.
public final class Presets {
    private final List<Rule> rules = new ArrayList<>();
    private final List<String> complaints = new ArrayList<>();

    private Presets() {}

    private record Rule(String pattern, boolean enables, List<String> instances) {}

    /// @param instances full names of the instances of a template that are to be enabled; none: it is the unit
    ///     itself
    record Verdict(boolean isEnabled, List<String> instances) {
        Verdict {
            instances = List.copyOf(instances);
        }
    }

    public static Presets read(UnitPath path) {
        Map<String, Path> files = new TreeMap<>();
        for (Path folder : path.presetFolders()) {
            Candidates.entries(folder).stream()
                    .filter(file -> file.toString().endsWith(".preset"))
                    .forEach(file -> files.putIfAbsent(String.valueOf(file.getFileName()), file));
        }
        Presets presets = new Presets();
        files.values().forEach(presets::read);
        return presets;
    }

    /// Lines that mean nothing, in words for a person.
    public List<String> complaints() {
        return List.copyOf(complaints);
    }

    private void read(Path file) {
        List<String> lines;
        try {
            lines = Files.readAllLines(file, StandardCharsets.UTF_8);
        } catch (IOException unreadable) {
            return;
        }
        for (int i = 0; i < lines.size(); i++) {
            String line = lines.get(i).strip();
            if (line.isEmpty() || line.startsWith("#") || line.startsWith(";")) {
                continue;
            }
            String[] words = line.split("\\s+");
            boolean isKnown = words[0].equals("enable") || words[0].equals("disable");
            if (isKnown && words.length > 1) {
                rules.add(new Rule(
                        words[1], words[0].equals("enable"), List.of(words).subList(2, words.length)));
            } else {
                complaints.add(file + ":" + (i + 1) + ": Couldn't parse line '" + line + "'. Ignoring.");
            }
        }
    }

    /// Whether a unit is to be enabled.
    public boolean enables(String name) {
        return of(name).isEnabled();
    }

    Verdict of(String name) {
        for (Rule rule : rules) {
            Optional<Verdict> verdict = verdict(rule, name);
            if (verdict.isPresent()) {
                return verdict.get();
            }
        }
        return new Verdict(true, List.of());
    }

    /// A rule that names instances is about these alone, and about the template they are made of.
    private static Optional<Verdict> verdict(Rule rule, String name) {
        if (rule.instances().isEmpty()) {
            return Glob.matches(rule.pattern(), name)
                    ? Optional.of(new Verdict(rule.enables(), List.of()))
                    : Optional.empty();
        }
        Optional<UnitName> template = UnitName.parse(rule.pattern()).filter(UnitName::isTemplate);
        if (template.isEmpty()) {
            return Optional.empty();
        }
        List<String> instances = rule.instances().stream()
                .map(instance -> template.get().withInstance(instance).toString())
                .toList();
        if (name.equals(rule.pattern())) {
            return Optional.of(new Verdict(rule.enables(), instances));
        }
        return instances.contains(name) ? Optional.of(new Verdict(rule.enables(), List.of())) : Optional.empty();
    }
}
