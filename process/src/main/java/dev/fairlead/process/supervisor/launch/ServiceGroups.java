package dev.fairlead.process.supervisor.launch;

import dev.fairlead.model.service.Service;
import dev.fairlead.model.service.execution.Resources;
import dev.fairlead.model.service.execution.Resources.Bound;
import dev.fairlead.model.service.lifecycle.Signal;
import dev.fairlead.process.state.Ending;
import dev.fairlead.source.Diagnostic;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Stream;

/// The control groups of one service that bounds its resources: made when it is started, removed when it is down.
/// A service that bounds nothing has none.
public final class ServiceGroups {
    private final Supplier<ControlGroups> machine;
    private final Set<Path> groups = new LinkedHashSet<>();
    private long outOfMemory;

    ServiceGroups(Supplier<ControlGroups> machine) {
        this.machine = machine;
    }

    /// Makes the groups, or bounds those that are there anew.
    ///
    /// @param warn is told of each setting that has no effect
    /// @return files that a process writes its number into to be in them
    List<Path> make(Service service, Consumer<Diagnostic> warn) {
        Resources resources = service.execution().confinement().resources();
        if (resources.bounds().isEmpty()) {
            return List.of();
        }
        ControlGroups here = machine.get();
        warnings(resources, here).forEach(warn);
        List<Path> joined = new ArrayList<>();
        here.groups(service.name(), resources).forEach((group, files) -> {
            try {
                here.share(group);
                Files.createDirectories(group);
                groups.add(group);
                write(group, files);
                joined.add(group.resolve("cgroup.procs"));
            } catch (IOException refused) {
                resources.bounds().values().stream()
                        .findFirst()
                        .ifPresent(bound -> warn.accept(warning(bound, refused.toString())));
            }
        });
        return joined;
    }

    private static void write(Path group, Map<String, String> files) throws IOException {
        for (Map.Entry<String, String> file : files.entrySet()) {
            Files.writeString(group.resolve(file.getKey()), file.getValue());
        }
    }

    /// What cannot be bounded here, one for each setting.
    public static List<Diagnostic> warnings(Resources resources, ControlGroups here) {
        return resources.bounds().entrySet().stream()
                .flatMap(entry -> here.obstacle(entry.getKey()).map(why -> warning(entry.getValue(), why)).stream())
                .toList();
    }

    private static Diagnostic warning(Bound bound, String why) {
        String setting = bound.origin().text().split("=", 2)[0].strip();
        return Diagnostic.warning(
                        "service.no-control-group",
                        bound.origin(),
                        setting + "= has no effect: Fairlead cannot make a control group for it")
                .hint(why);
    }

    /// The groups another program has made for the service.
    public void resume(List<String> paths) {
        paths.forEach(path -> groups.add(Path.of(path)));
    }

    public List<String> saved() {
        return groups.stream().map(Path::toString).toList();
    }

    /// Removes those that are empty; one in which a process goes on stays until the next time.
    ///
    /// @return whether there is none any more
    boolean remove() {
        groups.removeIf(group -> {
            try {
                return Files.deleteIfExists(group) || !Files.exists(group);
            } catch (IOException inUse) {
                return false;
            }
        });
        return groups.isEmpty();
    }

    /// What is to be said about the end of a process, besides how it ended.
    public Optional<String> about(Ending ending) {
        long before = outOfMemory;
        outOfMemory = groups.stream().mapToLong(ServiceGroups::killed).sum();
        boolean isKilled = ending instanceof Ending.Killed killed && killed.signal() == Signal.KILL.number();
        return isKilled && outOfMemory > before
                ? Optional.of("A process of this unit has been killed by the OOM killer.")
                : Optional.empty();
    }

    private static long killed(Path group) {
        return Stream.of("memory.events", "memory.oom_control")
                .map(file -> ControlGroups.words(group.resolve(file)))
                .filter(words -> words.contains("oom_kill"))
                .map(words -> words.get(words.indexOf("oom_kill") + 1))
                .mapToLong(Long::parseLong)
                .findFirst()
                .orElse(0);
    }

    public Set<Integer> members() {
        Set<Integer> all = new HashSet<>();
        groups.forEach(group -> all.addAll(ControlGroups.members(group)));
        return all;
    }

    /// Bytes of memory its processes take, where it is counted.
    public Optional<Long> memory() {
        return number("memory.current", "memory.usage_in_bytes");
    }

    /// Its processes and threads, where they are counted.
    public Optional<Long> tasks() {
        return number("pids.current");
    }

    private Optional<Long> number(String... files) {
        return groups.stream()
                .flatMap(group -> ControlGroups.number(group, files).stream())
                .findFirst();
    }
}
