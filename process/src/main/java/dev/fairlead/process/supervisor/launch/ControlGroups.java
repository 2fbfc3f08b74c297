package dev.fairlead.process.supervisor.launch;

import dev.fairlead.model.service.execution.Resources;
import dev.fairlead.process.supervisor.condition.MachineFacts;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/// Where on this machine groups of processes can be made whose share of it is bounded: below the group this
/// process is in, of version 2 or of each controller of version 1. No other group is touched.
public final class ControlGroups {
    private static final int SELF = (int) ProcessHandle.current().pid();
    private static final Set<String> CONTROLLERS = Set.of("memory", "cpu", "pids");
    private static final String NAME = "fairlead-";

    private final Map<String, Place> places = new HashMap<>();
    private final Map<String, String> obstacles = new HashMap<>();

    /// A group below which others can be made.
    ///
    /// @param isUnified whether it is of version 2
    record Place(Path folder, boolean isUnified) {
        /// A group of its own for a unit; its name stays the same for the life of this process.
        Path of(String unit) {
            return folder.resolve(NAME + SELF + "-" + unit.replace('/', '-'));
        }
    }

    /// As the machine shows it at this moment.
    public static ControlGroups here() {
        return new ControlGroups(MachineFacts.lines("/proc/self/mountinfo"), MachineFacts.lines("/proc/self/cgroup"));
    }

    /// @param mounts as `/proc/self/mountinfo` has them
    /// @param own the groups this process is in, as `/proc/self/cgroup` has them
    public ControlGroups(List<String> mounts, List<String> own) {
        Map<String, String> paths = new HashMap<>();
        for (String line : own) {
            String[] parts = line.split(":", 3);
            if (parts.length == 3) {
                for (String controller : parts[1].split(",", -1)) {
                    paths.put(controller, parts[2]);
                }
            }
        }
        for (String line : mounts) {
            String[] sides = line.split(" - ", 2);
            String[] mount = sides[0].split(" ", -1);
            String[] kind = sides.length == 2 ? sides[1].split(" ", -1) : new String[0];
            if (kind.length < 3 || mount.length < 5) {
                continue;
            }
            if (kind[0].equals("cgroup")) {
                Set.of(kind[2].split(",", -1)).stream()
                        .filter(CONTROLLERS::contains)
                        .forEach(name -> place(name, folder(mount, paths.getOrDefault(name, "/")), false));
            } else if (kind[0].equals("cgroup2")) {
                Path folder = folder(mount, paths.getOrDefault("", "/"));
                words(folder.resolve("cgroup.controllers")).stream()
                        .filter(CONTROLLERS::contains)
                        .forEach(name -> place(name, folder, true));
            }
        }
    }

    private static Path folder(String[] mount, String own) {
        String root = mount[3];
        String below = own.startsWith(root) ? own.substring(root.length()) : "";
        return Path.of(mount[4]).resolve(below.startsWith("/") ? below.substring(1) : below);
    }

    private void place(String controller, Path folder, boolean isUnified) {
        if (places.containsKey(controller)) {
            return;
        }
        if (!Files.isWritable(folder)) {
            obstacles.put(controller, folder + " cannot be written");
        } else if (isUnified && !isShared(controller, folder) && !mayShare(folder)) {
            obstacles.put(
                    controller, folder + " does not hand " + controller + " on, and processes of others are in it");
        } else {
            places.put(controller, new Place(folder, isUnified));
        }
    }

    private static boolean isShared(String controller, Path folder) {
        return words(folder.resolve("cgroup.subtree_control")).contains(controller);
    }

    /// A group of version 2 that has members of its own cannot bound groups below it: they would have to leave
    /// it.
    private static boolean mayShare(Path folder) {
        Set<Integer> others = members(folder);
        others.removeAll(ProcessHandle.current()
                .descendants()
                .map(child -> (int) child.pid())
                .collect(Collectors.toSet()));
        others.remove(SELF);
        return others.isEmpty();
    }

    /// Why a resource cannot be bounded here; empty: it can.
    public Optional<String> obstacle(Resources.Kind kind) {
        String controller = controller(kind);
        Optional<Place> place = Optional.ofNullable(places.get(controller));
        if (place.isEmpty()) {
            return Optional.of(
                    obstacles.getOrDefault(controller, "the machine has no controller " + controller + " mounted"));
        }
        return kind == Resources.Kind.MEMORY_HIGH && !place.get().isUnified()
                ? Optional.of("it needs version 2 of control groups")
                : Optional.empty();
    }

    /// The groups a unit is to have, with what is to be written into which of their files.
    public Map<Path, Map<String, String>> groups(String unit, Resources resources) {
        Map<Path, Map<String, String>> groups = new HashMap<>();
        resources.bounds().forEach((kind, bound) -> {
            if (obstacle(kind).isEmpty()) {
                Place place = Objects.requireNonNull(places.get(controller(kind)));
                groups.computeIfAbsent(place.of(unit), none -> new HashMap<>())
                        .putAll(ResourceFiles.of(kind, bound, place.isUnified()));
            }
        });
        return groups;
    }

    /// Makes it possible for a group to bound something.
    ///
    /// @param group one of [#groups]
    public void share(Path group) throws IOException {
        Path folder = Objects.requireNonNull(group.getParent());
        Set<String> missing = new HashSet<>();
        places.forEach((controller, place) -> {
            if (place.isUnified() && place.folder().equals(folder) && !isShared(controller, place.folder())) {
                missing.add("+" + controller);
            }
        });
        if (missing.isEmpty()) {
            return;
        }
        Path own = folder.resolve(NAME + SELF);
        Files.createDirectories(own);
        for (int pid : members(folder)) {
            Files.writeString(own.resolve("cgroup.procs"), Integer.toString(pid));
        }
        Files.writeString(folder.resolve("cgroup.subtree_control"), String.join(" ", missing));
    }

    /// The processes in a group; none if there is no such group.
    public static Set<Integer> members(Path group) {
        return words(group.resolve("cgroup.procs")).stream()
                .map(Integer::parseInt)
                .collect(Collectors.toCollection(HashSet::new));
    }

    /// A number a group tells about itself.
    static Optional<Long> number(Path group, String... files) {
        for (String file : files) {
            List<String> words = words(group.resolve(file));
            if (words.size() == 1 && words.getFirst().matches("\\d{1,18}")) {
                return Optional.of(Long.parseLong(words.getFirst()));
            }
        }
        return Optional.empty();
    }

    static List<String> words(Path file) {
        try {
            String text = Files.readString(file).strip();
            return text.isEmpty() ? List.of() : List.of(text.split("\\s+", -1));
        } catch (IOException notThere) {
            return List.of();
        }
    }

    private static String controller(Resources.Kind kind) {
        return switch (kind) {
            case MEMORY_MAX, MEMORY_HIGH -> "memory";
            case CPU_QUOTA, CPU_WEIGHT -> "cpu";
            case TASKS_MAX -> "pids";
        };
    }
}
