package dev.fairlead.dialect.systemd.install;

import dev.fairlead.dialect.systemd.install.Candidates.Following;
import dev.fairlead.dialect.systemd.name.UnitName;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/// Which unit files there are, and which of them are enabled.
public record UnitFiles(UnitPath path) {
    /// One unit file.
    ///
    /// @param preset what the policy says; empty where it has nothing to say
    public record Row(String name, FileState state, Optional<Boolean> preset) {}

    Set<String> names() {
        Set<String> names = new TreeSet<>();
        for (Path folder : path.folders()) {
            for (Path entry : Candidates.entries(folder)) {
                boolean isFile = !Files.isDirectory(entry, LinkOption.NOFOLLOW_LINKS);
                String name = String.valueOf(entry.getFileName());
                if (isFile && UnitName.parse(name).isPresent()) {
                    names.add(name);
                }
            }
        }
        return new LinkedHashSet<>(names);
    }

    /// Their names, sorted.
    public List<String> all() {
        return List.copyOf(names());
    }

    /// The files a unit is read from, its own first, then its drop-ins; none if there is no such unit.
    public List<Path> sources(String name) {
        try {
            Candidates candidates = new Candidates(path);
            Candidate unit = candidates.discover(name, Following.ALL_LINKS);
            List<Path> sources = new ArrayList<>(List.of(unit.path()));
            if (unit.kind == Candidate.Kind.REGULAR) {
                sources.addAll(candidates.dropIns(unit.name));
            }
            return List.copyOf(sources);
        } catch (InstallFault absent) {
            return List.of();
        }
    }

    /// All of them, by kind and name.
    public List<Row> all(Presets presets) {
        List<Row> rows = new ArrayList<>();
        for (String name : names()) {
            FileState state;
            try {
                state = state(name);
            } catch (InstallFault fault) {
                state = FileState.BAD;
            }
            Optional<Boolean> preset =
                    state.hasPreset() ? Optional.of(presets.of(name).isEnabled()) : Optional.empty();
            rows.add(new Row(name, state, preset));
        }
        rows.sort(java.util.Comparator.comparing(
                        (Row row) -> row.name().substring(row.name().lastIndexOf('.')), String.CASE_INSENSITIVE_ORDER)
                .thenComparing(Row::name, String.CASE_INSENSITIVE_ORDER));
        return rows;
    }

    /// @throws InstallFault if there is no such unit file, or it cannot be read
    public FileState state(String name) throws InstallFault {
        Candidates candidates = new Candidates(path);
        Candidate unit = candidates.discover(name, Following.ALL_LINKS);
        if (unit.kind == Candidate.Kind.MASKED) {
            return path.isOfRuntime(unit.path()) ? FileState.MASKED_RUNTIME : FileState.MASKED;
        }
        boolean isOtherName = !String.valueOf(unit.path().getFileName()).equals(name);
        if (isOtherName && !unit.name.isInstance()) {
            return FileState.ALIAS;
        }
        if (path.isGenerated(unit.path())) {
            return FileState.GENERATED;
        }
        if (path.isMadeUp(unit.path())) {
            return FileState.TRANSIENT;
        }
        Optional<FileState> known = linked(unit, true);
        if (known.isPresent()) {
            return known.get();
        }
        if (linked(unit, false).isPresent()) {
            return FileState.INDIRECT;
        }
        if (unit.section.makesLinks()) {
            return FileState.DISABLED;
        }
        return unit.section.also().isEmpty() ? FileState.STATIC : FileState.INDIRECT;
    }

    /// What the links to a unit say.
    ///
    /// @param byNames whether only such links count as enabling it would make
    private Optional<FileState> linked(Candidate unit, boolean byNames) {
        boolean inRuntime = false;
        boolean elsewhere = false;
        boolean sameName = false;
        boolean sameNameInRuntime = false;
        boolean isBelow = false;
        for (Path folder : path.folders()) {
            LinkSearch search = new LinkSearch(unit, byNames, isBelow);
            if (search.finds(folder)) {
                if (folder.equals(path.lasting())) {
                    return Optional.of(FileState.ENABLED);
                }
                inRuntime |= path.isOfRuntime(folder);
                elsewhere |= !path.isOfRuntime(folder);
            } else if (search.hasSameName) {
                sameName |= folder.equals(path.lasting());
                sameNameInRuntime |= path.isOfRuntime(folder);
            }
            isBelow |= Files.exists(folder.resolve(unit.name.toString()), LinkOption.NOFOLLOW_LINKS);
        }
        if (inRuntime) {
            return Optional.of(FileState.ENABLED_RUNTIME);
        }
        if (elsewhere && unit.name.isInstance()) {
            return Optional.of(FileState.STATIC);
        }
        if (sameName) {
            return Optional.of(FileState.LINKED);
        }
        return sameNameInRuntime ? Optional.of(FileState.LINKED_RUNTIME) : Optional.empty();
    }

    /// Looks for links to one unit in one folder.
    private static final class LinkSearch {
        private final Candidate unit;
        private final boolean byNames;
        private final boolean isBelow;
        private boolean hasSameName;

        /// @param isBelow whether the unit's own file lies in a folder that comes earlier
        LinkSearch(Candidate unit, boolean byNames, boolean isBelow) {
            this.unit = unit;
            this.byNames = byNames;
            this.isBelow = isBelow;
        }

        boolean finds(Path folder) {
            for (Path entry : Candidates.entries(folder)) {
                String name = String.valueOf(entry.getFileName());
                if ((name.endsWith(".wants") || name.endsWith(".requires"))
                        && Files.isDirectory(entry, LinkOption.NOFOLLOW_LINKS)
                        && Candidates.entries(entry).stream().anyMatch(this::enables)) {
                    return true;
                }
            }
            return Candidates.entries(folder).stream().anyMatch(this::standsFor);
        }

        private boolean enables(Path link) {
            String name = String.valueOf(link.getFileName());
            boolean isOfTemplate = unit.name.isTemplate()
                    && UnitName.parse(name)
                            .filter(UnitName::isInstance)
                            .map(UnitName::template)
                            .filter(unit.name::equals)
                            .isPresent();
            return Files.isSymbolicLink(link) && (name.equals(unit.name.toString()) || isOfTemplate) && counts(name);
        }

        private boolean standsFor(Path link) {
            if (!Files.isSymbolicLink(link)) {
                return false;
            }
            String name = String.valueOf(link.getFileName());
            String target;
            try {
                target = String.valueOf(Files.readSymbolicLink(link).getFileName());
            } catch (IOException unreadable) {
                return false;
            }
            boolean isTarget = target.equals(unit.name.toString());
            boolean isName = !isBelow && name.equals(unit.name.toString());
            if (isTarget && name.equals(unit.name.toString())) {
                hasSameName = true;
                return false;
            }
            return (isTarget || isName) && counts(name);
        }

        private boolean counts(String name) {
            return !byNames
                    || name.equals(unit.name.toString())
                    || unit.section.aliases().contains(name)
                    || (unit.name.isTemplate()
                            && unit.section
                                    .defaultInstance()
                                    .filter(instance -> unit.name
                                            .withInstance(instance)
                                            .toString()
                                            .equals(name))
                                    .isPresent());
        }
    }
}
