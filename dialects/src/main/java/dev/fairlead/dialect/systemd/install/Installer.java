package dev.fairlead.dialect.systemd.install;

import dev.fairlead.dialect.systemd.InstallSection;
import dev.fairlead.dialect.systemd.install.Candidates.Following;
import dev.fairlead.dialect.systemd.install.Change.Reason;
import dev.fairlead.dialect.systemd.name.UnitName;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Enables, disables, masks and links units by making and removing links.
///
/// @param passing whether links are made where they are gone after a restart of the machine
/// @param force whether links that lead elsewhere are replaced
public record Installer(UnitPath path, boolean passing, boolean force) {
    private static final String NULL = "/dev/null";

    /// What came of it.
    ///
    /// @param changes in the order in which they were made
    /// @param failed whether it could not be done, or not all of it
    /// @param links how many links the units ask for; none means that they cannot be enabled at all
    /// @param fault what the changes do not say; empty if they say it all
    public record Result(List<Change> changes, boolean failed, int links, Optional<InstallFault.Cause> fault) {
        public Result {
            changes = List.copyOf(changes);
        }

        static Result of(List<Change> changes, Links.Tally tally) {
            return new Result(changes, tally.failed(), tally.links(), Optional.empty());
        }

        static Result failed(List<Change> changes, Change last) {
            List<Change> all = new ArrayList<>(changes);
            all.add(last);
            return new Result(all, true, 0, Optional.empty());
        }

        static Result invalid(List<Change> changes) {
            return new Result(changes, true, 0, Optional.of(InstallFault.Cause.INVALID));
        }

        private Result after(Result earlier) {
            List<Change> all = new ArrayList<>(earlier.changes);
            all.addAll(changes);
            return new Result(all, failed || earlier.failed, links, fault);
        }
    }

    static Change failed(InstallFault fault, String what) {
        Reason reason = switch (fault.reason()) {
            case MISSING, DANGLING -> Reason.MISSING;
            case LOOP -> Reason.LINKED;
            case MASKED -> Reason.MASKED;
            case TRANSIENT -> Reason.TRANSIENT;
            case INVALID, UNREADABLE -> Reason.INVALID;
        };
        return new Change.Failed(reason, what, fault.reason().text());
    }

    private Path to() {
        return path.made(passing);
    }

    /// @param names of units, or absolute paths of their files
    public Result enable(List<String> names) {
        List<Change> changes = new ArrayList<>();
        Candidates candidates = new Candidates(path);
        for (String name : names) {
            Optional<Change> fault = choose(candidates, name);
            if (fault.isPresent()) {
                return Result.failed(changes, fault.get());
            }
        }
        return Result.of(changes, links(changes, false).all(candidates));
    }

    private Links links(List<Change> changes, boolean isPreset) {
        return new Links(path, new Folder(path, changes), changes, to(), force, isPreset);
    }

    private static Candidate chosen(Candidates candidates, String name) {
        try {
            return candidates.discover(name, Following.ALL_LINKS);
        } catch (InstallFault impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /// Adds a unit to those that are to be enabled, or says why it cannot be.
    private Optional<Change> choose(Candidates candidates, String name) {
        try {
            Candidate found = candidates.discover(name, Following.ALL_LINKS);
            try {
                candidates.check(found);
                return Optional.empty();
            } catch (InstallFault fault) {
                return Optional.of(failed(fault, found.shown()));
            }
        } catch (InstallFault fault) {
            return Optional.of(failed(fault, name));
        }
    }

    /// Removes every link to the units, made by enabling them or by hand.
    public Result disable(List<String> names) {
        List<Change> changes = new ArrayList<>();
        Candidates candidates = new Candidates(path);
        for (String name : names) {
            try {
                candidates.named(name);
            } catch (InstallFault invalid) {
                return Result.failed(changes, new Change.Failed(Reason.INVALID_NAME, name, ""));
            }
        }
        new Folder(path, changes).removeLinks(to(), marked(candidates, changes));
        return new Result(changes, false, 1, Optional.empty());
    }

    private static Set<String> marked(Candidates candidates, List<Change> changes) {
        Set<String> marked = new LinkedHashSet<>();
        for (Optional<Candidate> next = candidates.poll(); next.isPresent(); next = candidates.poll()) {
            Candidate unit = next.get();
            try {
                candidates.follow(unit, Following.ALL_LINKS);
            } catch (InstallFault fault) {
                if (fault.reason() == InstallFault.Cause.DANGLING) {
                    changes.add(new Change.Dangling(unit.shown()));
                } else if (fault.reason() == InstallFault.Cause.LOOP) {
                    changes.add(failed(fault, unit.name.toString()));
                } else if (fault.reason() != InstallFault.Cause.MISSING) {
                    continue;
                } else if (!unit.isAlongside) {
                    changes.add(failed(fault, unit.shown()));
                }
            }
            if (unit.kind == Candidate.Kind.MASKED) {
                changes.add(new Change.SkippedMasked(unit.path()));
            } else {
                marked.add(unit.name.toString());
            }
        }
        return marked;
    }

    /// Disables and enables again: links that are no longer asked for go.
    public Result reenable(List<String> names) {
        List<String> files = names.stream().map(this::linkedFile).toList();
        List<String> last = names.stream()
                .map(name -> name.substring(name.lastIndexOf('/') + 1))
                .toList();
        Result disabled = disable(last);
        return enable(files).after(disabled);
    }

    /// The file of a unit, since a link to one that lies elsewhere goes meanwhile; where the file bears another
    /// name the unit's own. As with every path, drop-ins are not looked at then.
    private String linkedFile(String name) {
        if (name.startsWith("/")) {
            return name;
        }
        try {
            Candidate found = new Candidates(path).discover(name, Following.ALL_LINKS);
            return found.file
                    .filter(file -> String.valueOf(file.getFileName()).equals(name))
                    .map(path::inside)
                    .orElse(name);
        } catch (InstallFault fault) {
            return name;
        }
    }

    /// Keeps units from being started by whatever means.
    public Result mask(List<String> names) {
        List<Change> changes = new ArrayList<>();
        boolean failed = false;
        boolean isInvalid = false;
        for (String name : names) {
            if (UnitName.parse(name).isEmpty()) {
                isInvalid = true;
                continue;
            }
            failed |= !new Folder(path, changes).link(to().resolve(name), Path.of(NULL), force);
        }
        return isInvalid ? Result.invalid(changes) : new Result(changes, failed, 1, Optional.empty());
    }

    public Result unmask(List<String> names) {
        List<Change> changes = new ArrayList<>();
        Folder folder = new Folder(path, changes);
        Set<String> marked = new HashSet<>();
        List<Path> masks = new ArrayList<>();
        boolean isInvalid = false;
        for (String name : names) {
            Path file = to().resolve(name);
            if (UnitName.parse(name).isEmpty()) {
                isInvalid = true;
            } else if (isMask(file)) {
                masks.add(file);
            }
        }
        masks.forEach(file -> {
            folder.remove(file);
            marked.add(path.inside(file));
        });
        folder.removeLinks(to(), marked);
        return isInvalid ? Result.invalid(changes) : new Result(changes, false, 1, Optional.empty());
    }

    private static boolean isMask(Path file) {
        try {
            return Files.isSymbolicLink(file)
                    ? Files.readSymbolicLink(file).toString().equals(NULL)
                    : Files.isRegularFile(file) && Candidates.isEmpty(file);
        } catch (IOException unreadable) {
            return false;
        }
    }

    /// Makes files outside of the folders of units known.
    ///
    /// @param files absolute paths inside the root
    public Result link(List<String> files) {
        List<Change> changes = new ArrayList<>();
        List<Path> all = new ArrayList<>();
        for (String name : files) {
            Path file = path.root().resolve(name.replaceFirst("^/+", "")).normalize();
            if (UnitName.parse(String.valueOf(file.getFileName())).isEmpty()) {
                return Result.failed(changes, new Change.Failed(Reason.INVALID_NAME, name, ""));
            }
            if (!Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
                return Result.failed(changes, new Change.Failed(Reason.MISSING, name, ""));
            }
            all.add(file);
        }
        boolean failed = false;
        for (Path file : all) {
            Path link = to().resolve(String.valueOf(file.getFileName()));
            failed |= !new Folder(path, changes).link(link, file, force);
        }
        return new Result(changes, failed, 1, Optional.empty());
    }

    /// Has a unit come up with others although they do not ask for it.
    ///
    /// @param requires whether they need it; else they only want it
    public Result addTo(String target, List<String> names, boolean requires) {
        List<Change> changes = new ArrayList<>();
        Optional<Change> fault = choose(new Candidates(path), target);
        if (fault.isPresent()) {
            return Result.failed(changes, fault.get());
        }
        Candidates candidates = new Candidates(path);
        List<String> wanting = requires ? List.of() : List.of(target);
        List<String> requiring = requires ? List.of(target) : List.of();
        InstallSection section = new InstallSection(List.of(), wanting, requiring, List.of(), Optional.empty());
        for (String name : names) {
            Optional<Change> refused = choose(candidates, name);
            if (refused.isPresent()) {
                return Result.failed(changes, refused.get());
            }
            chosen(candidates, name).section = section;
        }
        return Result.of(changes, links(changes, false).all(candidates));
    }

    /// Brings the links in line with the policy in files of presets.
    ///
    /// @param enables whether units are enabled by it
    /// @param disables whether units are disabled by it
    public Result preset(List<String> names, Presets presets, boolean enables, boolean disables) {
        List<Change> changes = new ArrayList<>();
        Candidates plus = new Candidates(path);
        Candidates minus = new Candidates(path);
        for (String name : names) {
            Optional<Change> fault = sort(name, presets, plus, minus);
            if (fault.isPresent()) {
                return Result.failed(changes, fault.get());
            }
        }
        return preset(plus, minus, changes, enables, disables);
    }

    /// As [#preset], for every unit there is; those that cannot be read are passed over.
    public Result presetAll(Presets presets, boolean enables, boolean disables) {
        List<Change> changes = new ArrayList<>();
        Candidates plus = new Candidates(path);
        Candidates minus = new Candidates(path);
        for (String name : new UnitFiles(path).names()) {
            sort(name, presets, plus, minus).ifPresent(changes::add);
        }
        return preset(plus, minus, changes, enables, disables);
    }

    private Result preset(Candidates plus, Candidates minus, List<Change> changes, boolean enables, boolean disables) {
        if (disables) {
            new Folder(path, changes).removeLinks(to(), marked(minus, changes));
        }
        Links.Tally tally = enables ? links(changes, true).all(plus) : Links.Tally.NONE;
        return new Result(changes, tally.failed(), 1, Optional.empty());
    }

    private Optional<Change> sort(String name, Presets presets, Candidates plus, Candidates minus) {
        if (plus.contains(name) || minus.contains(name)) {
            return Optional.empty();
        }
        try {
            Candidate real = new Candidates(path).discover(name, Following.ALL_LINKS);
            if (!real.name.toString().equals(name)) {
                return Optional.empty();
            }
            Presets.Verdict verdict = presets.of(name);
            if (!verdict.isEnabled()) {
                minus.discover(name, Following.ALL_LINKS);
                return Optional.empty();
            }
            for (String one : verdict.instances().isEmpty() ? List.of(name) : verdict.instances()) {
                Optional<Change> fault = choose(plus, one);
                if (fault.isPresent()) {
                    return fault;
                }
            }
            return Optional.empty();
        } catch (InstallFault fault) {
            return Optional.of(failed(fault, name));
        }
    }

    /// Takes back what was changed of units that a package brought.
    public Result revert(List<String> names) {
        List<Change> changes = new ArrayList<>();
        for (String name : names) {
            if (UnitName.parse(name).isEmpty()) {
                return Result.invalid(changes);
            }
        }
        Set<String> marked = new HashSet<>();
        Folder folder = new Folder(path, changes);
        for (String name : names) {
            for (Path file : changed(name)) {
                try {
                    if (Files.isDirectory(file, LinkOption.NOFOLLOW_LINKS)) {
                        folder.removeTree(file);
                    } else {
                        folder.remove(file);
                    }
                    marked.add(path.inside(file));
                } catch (IOException refused) {
                    changes.add(new Change.Failed(
                            Reason.UNWRITABLE, file.toString(), String.valueOf(refused.getMessage())));
                }
            }
        }
        folder.removeLinks(path.passing(), marked);
        folder.removeLinks(path.lasting(), marked);
        return new Result(changes, false, 1, Optional.empty());
    }

    private List<Path> changed(String name) {
        List<Path> found = new ArrayList<>();
        boolean isVendors = path.folders().stream()
                .anyMatch(folder -> path.isVendors(folder) && Files.isRegularFile(folder.resolve(name)));
        for (Path folder : path.folders()) {
            Path dropIns = folder.resolve(name + ".d");
            if (!path.isVendors(folder) && !path.isGenerated(folder.resolve("x")) && Files.isDirectory(dropIns)) {
                found.add(dropIns);
            }
        }
        for (Path folder : path.folders()) {
            Path file = folder.resolve(name);
            if (isVendors && path.isConfiguration(folder) && Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
                found.add(file);
            }
        }
        return found;
    }

    /// The target that is started by default.
    public String defaultTarget() throws InstallFault {
        return new Candidates(path)
                .discover("default.target", Following.ALL_LINKS)
                .name
                .toString();
    }

    public Result setDefaultTarget(String name) {
        List<Change> changes = new ArrayList<>();
        if (!name.endsWith(".target") || name.equals("default.target")) {
            return Result.invalid(changes);
        }
        try {
            Candidate target = new Candidates(path).usable(name, Following.ALL_LINKS);
            boolean made =
                    new Folder(path, changes).link(path.lasting().resolve("default.target"), target.path(), true);
            return new Result(changes, !made, 1, Optional.empty());
        } catch (InstallFault fault) {
            return Result.failed(changes, failed(fault, name));
        }
    }
}
