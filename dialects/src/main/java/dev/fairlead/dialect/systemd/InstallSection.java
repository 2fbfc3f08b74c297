package dev.fairlead.dialect.systemd;

import dev.fairlead.dialect.systemd.name.Specifiers;
import dev.fairlead.dialect.systemd.name.UnitName;
import dev.fairlead.dialect.systemd.name.UnitOptions;
import dev.fairlead.dialect.systemd.setting.KeyTable;
import dev.fairlead.dialect.systemd.text.Assignment;
import dev.fairlead.dialect.systemd.text.Words;
import dev.fairlead.source.Problems;
import dev.fairlead.source.SourceFile;
import dev.fairlead.source.Span;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// What a unit's `[Install]` section asks for, as it is written: specifiers stand in it still, because their
/// meaning depends on the instance that is enabled.
public record InstallSection(
        List<String> aliases,
        List<String> wantedBy,
        List<String> requiredBy,
        List<String> also,
        Optional<String> defaultInstance) {
    public static final InstallSection EMPTY =
            new InstallSection(List.of(), List.of(), List.of(), List.of(), Optional.empty());

    public InstallSection {
        aliases = List.copyOf(aliases);
        wantedBy = List.copyOf(wantedBy);
        requiredBy = List.copyOf(requiredBy);
        also = List.copyOf(also);
    }

    /// Reads a file on top of this: a unit's own first, then its drop-ins.
    ///
    /// @throws IOException if it cannot be read
    public InstallSection with(UnitName name, Path file) throws IOException {
        // Bytes, so that a file in another encoding is read as well.
        SourceFile source =
                new SourceFile(file.toString(), new String(Files.readAllBytes(file), StandardCharsets.UTF_8));
        Problems unheard = new Problems();
        List<String> newAliases = new ArrayList<>(aliases);
        List<String> newWantedBy = new ArrayList<>(wantedBy);
        List<String> newRequiredBy = new ArrayList<>(requiredBy);
        List<String> newAlso = new ArrayList<>(also);
        Optional<String> instance = defaultInstance;
        for (Assignment assignment : UnitText.read(source, KeyTable.SECTIONS, unheard)) {
            if (assignment.section().equals("Install")) {
                switch (assignment.key()) {
                    case "Alias" -> add(assignment, newAliases);
                    case "WantedBy" -> add(assignment, newWantedBy);
                    case "RequiredBy" -> add(assignment, newRequiredBy);
                    // An empty one resets nothing.
                    case "Also" -> newAlso.addAll(words(assignment));
                    case "DefaultInstance" ->
                        instance = expand(assignment.value().text(), name, file).filter(text -> !text.isEmpty());
                    default -> {}
                }
            }
        }
        return new InstallSection(newAliases, newWantedBy, newRequiredBy, newAlso, instance);
    }

    private static void add(Assignment assignment, List<String> list) {
        if (assignment.value().isEmpty()) {
            list.clear();
        }
        list.addAll(words(assignment));
    }

    private static List<String> words(Assignment assignment) {
        return Words.plain(assignment.value()).all(new Problems()).stream()
                .map(Words.Word::text)
                .toList();
    }

    /// A word of it with its specifiers replaced; empty if one has no meaning.
    ///
    /// @param name the unit it is read for
    /// @param file where it stands
    public static Optional<String> expand(String word, UnitName name, Path file) {
        return word.indexOf('%') < 0
                ? Optional.of(word)
                : new Specifiers(name, file, UnitOptions.here()).expand(word, Span.builtIn(), new Problems());
    }

    /// Whether enabling the unit makes a link.
    public boolean makesLinks() {
        return !(aliases.isEmpty() && wantedBy.isEmpty() && requiredBy.isEmpty());
    }
}
