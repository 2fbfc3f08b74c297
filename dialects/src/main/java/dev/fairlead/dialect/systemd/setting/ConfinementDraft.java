package dev.fairlead.dialect.systemd.setting;

import dev.fairlead.model.service.execution.Confinement;
import dev.fairlead.model.service.execution.Confinement.Access;
import dev.fairlead.model.service.execution.Confinement.Folder;
import dev.fairlead.model.service.execution.Confinement.FolderKind;
import dev.fairlead.model.service.execution.Confinement.Input;
import dev.fairlead.model.service.execution.Confinement.Keep;
import dev.fairlead.model.service.execution.Confinement.Mount;
import dev.fairlead.model.service.execution.Confinement.Own;
import dev.fairlead.model.service.execution.Confinement.Rights;
import dev.fairlead.model.service.execution.Confinement.Root;
import dev.fairlead.model.service.execution.Confinement.Scheduling;
import dev.fairlead.model.service.execution.Resources;
import dev.fairlead.source.Span;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeSet;

/// How a service is confined, while its files are read.
final class ConfinementDraft {
    private static final int USUAL_MODE = 0755;

    Optional<Path> root = Optional.empty();
    Optional<Span> rootOrigin = Optional.empty();
    boolean rootIsOfMain;
    final Map<FolderKind, List<Folder>> folders = new EnumMap<>(FolderKind.class);
    final Map<FolderKind, Integer> modes = new EnumMap<>(FolderKind.class);
    Keep keep = Keep.NEVER;
    /// By setting, in the order in which they are to take place.
    final Map<String, List<Mount>> mounts = new LinkedHashMap<>();
    /// Those of them whose paths are the machine's, whatever the root is.
    final Set<Mount> ofMachine = new HashSet<>();
    final Map<Resources.Kind, Resources.Bound> bounds = new EnumMap<>(Resources.Kind.class);
    final Map<Own.Kind, Span> namespaces = new EnumMap<>(Own.Kind.class);
    Optional<Set<String>> bounding = Optional.empty();
    Set<String> ambient = new TreeSet<>();
    Set<String> secureBits = new TreeSet<>();
    /// Shares of power that other settings take away.
    final Map<String, Set<String>> withheld = new LinkedHashMap<>();
    Optional<Span> rightsOrigin = Optional.empty();
    Optional<String> policy = Optional.empty();
    OptionalInt priority = OptionalInt.empty();
    boolean resetsOnFork;
    final Set<Integer> processors = new TreeSet<>();
    Optional<String> disk = Optional.empty();
    OptionalInt diskPriority = OptionalInt.empty();
    Optional<Span> schedulingOrigin = Optional.empty();
    Optional<Input> input = Optional.empty();
    String inputText = "";

    List<Mount> mounts(String setting) {
        return mounts.computeIfAbsent(setting, none -> new ArrayList<>());
    }

    Confinement made() {
        List<Folder> made = new ArrayList<>();
        folders.values()
                .forEach(all -> all.forEach(folder -> made.add(new Folder(
                        folder.kind(),
                        folder.path(),
                        folder.links(),
                        modes.getOrDefault(folder.kind(), USUAL_MODE),
                        folder.origin()))));
        List<Mount> all = new ArrayList<>(mounts.values().stream()
                .flatMap(List::stream)
                .flatMap(mount -> root.map(folder -> inside(mount, folder)).orElse(Optional.of(mount)).stream())
                .toList());
        if (all.stream().anyMatch(Mount.Restricted.class::isInstance)) {
            made.stream()
                    .filter(folder -> folder.kind() != FolderKind.CONFIGURATION)
                    .forEach(folder ->
                            all.add(new Mount.Restricted(folder.path(), Access.READ_WRITE, true, folder.origin())));
        }
        List<Own> own = new ArrayList<>();
        namespaces.forEach((kind, origin) -> own.add(new Own(kind, origin)));
        Confinement result = new Confinement(
                root.map(folder -> new Root(folder, rootIsOfMain, rootOrigin.orElseThrow())),
                made,
                keep,
                all,
                own,
                new Resources(bounds),
                new Rights(mostRights(), ambient, secureBits, rightsOrigin),
                new Scheduling(
                        policy, priority, resetsOnFork, List.copyOf(processors), disk, diskPriority, schedulingOrigin),
                input.orElseGet(() -> inputText.isEmpty() ? new Input.Nothing() : new Input.Text(inputText)));
        // The usual one is compared often, and that to itself costs nothing.
        return result.equals(Confinement.NONE) ? Confinement.NONE : result;
    }

    /// As it is called below another root; empty: it cannot be seen from there.
    private Optional<Mount> inside(Mount mount, Path folder) {
        if (!(mount instanceof Mount.Restricted restricted) || !ofMachine.contains(mount)) {
            return Optional.of(mount);
        }
        return Optional.of(restricted.path())
                .filter(path -> path.startsWith(folder))
                .map(path -> new Mount.Restricted(
                        Path.of("/").resolve(folder.relativize(path)),
                        restricted.access(),
                        restricted.mayBeMissing(),
                        restricted.origin()));
    }

    private Optional<Set<String>> mostRights() {
        if (withheld.isEmpty()) {
            return bounding;
        }
        Set<String> left = new TreeSet<>(bounding.orElse(Set.copyOf(RightsKeys.CAPABILITIES)));
        withheld.values().forEach(left::removeAll);
        return Optional.of(left);
    }

    /// Something below which nothing can be written, and the like.
    static Mount restricted(String path, Access access, Span origin) {
        return new Mount.Restricted(Path.of(path), access, true, origin);
    }
}
