package dev.fairlead.process.supervisor;

import static dev.fairlead.process.supervisor.Stage.service;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.fairlead.model.control.UnitCommand;
import dev.fairlead.model.service.Service;
import dev.fairlead.model.service.execution.Confinement;
import dev.fairlead.model.service.execution.Execution;
import dev.fairlead.model.service.execution.Logging;
import dev.fairlead.model.service.execution.Resources;
import dev.fairlead.model.service.execution.Resources.Bound;
import dev.fairlead.model.service.execution.Resources.Kind;
import dev.fairlead.model.status.UnitStatus;
import dev.fairlead.model.status.UnitStatus.Activity;
import dev.fairlead.process.supervisor.launch.ControlGroups;
import dev.fairlead.process.supervisor.launch.ServiceGroups;
import dev.fairlead.testkit.Deadline;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(180)
class ResourcesTest {
    private static final int SELF = (int) ProcessHandle.current().pid();
    private static final long MEBIBYTE = 1024 * 1024;

    @Test
    void serviceThatBoundsItsTasksCannotHaveMoreAndItsGroupGoesWithIt() throws IOException {
        Path group = requireGroup(Kind.TASKS_MAX, 4);
        String script = "for i in 1 2 3 4 5 6; do sleep 1000 & done; echo unbounded; wait";
        try (Stage stage = new Stage(bounded("web", script, Map.of(Kind.TASKS_MAX, 4L)))) {
            stage.awaitLine("web.service", "fork");
            assertThat(stage.lines("web.service")).doesNotContain("unbounded");
            stage.awaitActivity("web.service", Activity.FAILED);
            awaitGone(group);
        }
    }

    @Test
    void statusTellsWhatTheGroupCounts() throws IOException {
        Path group = requireGroup(Kind.MEMORY_MAX, 64 * MEBIBYTE);
        Map<Kind, Long> bounds = Map.of(Kind.MEMORY_MAX, 64 * MEBIBYTE, Kind.CPU_QUOTA, 500_000L, Kind.CPU_WEIGHT, 50L);
        try (Stage stage = new Stage(bounded("web", "echo up; exec sleep 1000", bounds))) {
            stage.awaitLine("web.service", "up");
            UnitStatus status = stage.awaitActivity("web.service", Activity.ACTIVE);
            assertThat(ControlGroups.members(group)).contains(status.mainPid().orElseThrow());
            assertThat(status.memoryBytes().orElseThrow()).isBetween(1L, 64 * MEBIBYTE);
            stage.tell(new UnitCommand.Stop("web"));
            stage.awaitActivity("web.service", Activity.INACTIVE);
            awaitGone(group);
        }
    }

    @Test
    void serviceThatTakesMoreMemoryThanItMayIsEndedAndThatIsTold() throws IOException {
        requireGroup(Kind.MEMORY_MAX, 16 * MEBIBYTE);
        boolean hasSwap = Files.readAllLines(Path.of("/proc/meminfo")).stream()
                .anyMatch(line -> line.matches("SwapTotal: +[1-9].*"));
        assumeTrue(!hasSwap, "the machine would put what is too much into its swap");
        try (Stage stage =
                new Stage(bounded("greedy", "exec tail /dev/zero", Map.of(Kind.MEMORY_MAX, 16 * MEBIBYTE)))) {
            stage.awaitLine("greedy.service", "killed by the OOM killer");
            assertThat(stage.awaitActivity("greedy.service", Activity.FAILED).result())
                    .isEqualTo("oom-kill");
        }
    }

    @Test
    void groupsOfVersionTwoAreMadeWhereControllersCanBeHandedOn(@TempDir Path folder) throws IOException {
        Path own = unified(folder, "cpu memory pids", "", Integer.toString(SELF));
        ControlGroups groups = groups(folder);
        Resources resources = resources(Map.of(
                Kind.MEMORY_MAX,
                100L,
                Kind.MEMORY_HIGH,
                90L,
                Kind.CPU_QUOTA,
                1_500_000L,
                Kind.CPU_WEIGHT,
                200L,
                Kind.TASKS_MAX,
                9L));
        Path group = own.resolve("fairlead-" + SELF + "-web.service");
        assertThat(groups.groups("web.service", resources))
                .isEqualTo(Map.of(
                        group,
                        Map.of(
                                "memory.max", "100",
                                "memory.high", "90",
                                "cpu.max", "150000 100000",
                                "cpu.weight", "200",
                                "pids.max", "9")));
        groups.share(group);
        assertThat(Files.readString(own.resolve("fairlead-" + SELF + "/cgroup.procs")))
                .isEqualTo(Integer.toString(SELF));
        assertThat(Files.readString(own.resolve("cgroup.subtree_control")).split(" "))
                .containsExactlyInAnyOrder("+cpu", "+memory", "+pids");
    }

    @Test
    void groupWithProcessesOfOthersIsLeftAlone(@TempDir Path folder) throws IOException {
        unified(folder, "memory", "", "1\n" + SELF);
        assertThat(groups(folder).obstacle(Kind.MEMORY_MAX).orElseThrow()).contains("processes of others are in it");
        assertThat(groups(folder).obstacle(Kind.TASKS_MAX)).contains("the machine has no controller pids mounted");
        unified(folder, "memory", "memory", "1\n" + SELF);
        assertThat(groups(folder).obstacle(Kind.MEMORY_MAX)).isEmpty();
    }

    @Test
    void eachControllerOfVersionOneHasItsOwnGroups(@TempDir Path folder) throws IOException {
        Files.createDirectories(folder.resolve("memory/box"));
        Files.createDirectories(folder.resolve("cpu"));
        ControlGroups groups = new ControlGroups(
                List.of(
                        "30 1 0:1 / " + folder + "/memory rw - cgroup cgroup rw,memory",
                        "31 1 0:2 /docker/x " + folder + "/cpu rw - cgroup cgroup rw,cpu,cpuacct"),
                List.of("4:memory:/box", "1:cpu,cpuacct:/docker/x", "0::/"));
        Resources resources = resources(Map.of(Kind.MEMORY_MAX, 100L, Kind.MEMORY_HIGH, 90L, Kind.CPU_QUOTA, 500_000L));
        String name = "fairlead-" + SELF + "-web.service";
        assertThat(groups.groups("web.service", resources))
                .isEqualTo(Map.of(
                        folder.resolve("memory/box").resolve(name), Map.of("memory.limit_in_bytes", "100"),
                        folder.resolve("cpu").resolve(name),
                                Map.of("cpu.cfs_period_us", "100000", "cpu.cfs_quota_us", "50000")));
        assertThat(ServiceGroups.warnings(resources, groups))
                .singleElement()
                .satisfies(warning -> assertThat(warning.hint()).contains("it needs version 2 of control groups"));
    }

    private static Path unified(Path folder, String controllers, String shared, String members) throws IOException {
        Path own = Files.createDirectories(folder.resolve("service"));
        Files.writeString(own.resolve("cgroup.controllers"), controllers);
        Files.writeString(own.resolve("cgroup.subtree_control"), shared);
        Files.writeString(own.resolve("cgroup.procs"), members);
        return own;
    }

    private static ControlGroups groups(Path folder) {
        return new ControlGroups(List.of("30 1 0:1 / " + folder + " rw - cgroup2 cgroup2 rw"), List.of("0::/service"));
    }

    /// Skips the test where no group can be made.
    private static Path requireGroup(Kind kind, long amount) throws IOException {
        ControlGroups here = ControlGroups.here();
        assumeTrue(here.obstacle(kind).isEmpty(), () -> here.obstacle(kind).orElse(""));
        Path group = here.groups("web.service", resources(Map.of(kind, amount)))
                .keySet()
                .iterator()
                .next();
        Path probe = group.resolveSibling(group.getFileName() + "-probe");
        try {
            here.share(probe);
            Files.createDirectory(probe);
            Files.delete(probe);
        } catch (IOException refused) {
            assumeTrue(false, "no control group can be made: " + refused);
        }
        return group;
    }

    private static void awaitGone(Path group) {
        Deadline deadline = Deadline.inSeconds(60);
        while (Files.exists(group) && !deadline.passed()) {
            LockSupport.parkNanos(20_000_000);
        }
        assertThat(group).doesNotExist();
    }

    private static Resources resources(Map<Kind, Long> amounts) {
        return new Resources(amounts.entrySet().stream()
                .collect(Collectors.toMap(
                        Map.Entry::getKey, entry -> new Bound(entry.getValue(), false, Stage.ORIGIN))));
    }

    private static Service bounded(String name, String script, Map<Kind, Long> amounts) {
        Confinement none = Confinement.NONE;
        Execution usual = Execution.DEFAULT;
        return service(name, script)
                .execution(new Execution(
                        Optional.empty(),
                        Optional.empty(),
                        List.of(),
                        usual.workingDirectory(),
                        List.of(),
                        usual.output(),
                        usual.errorOutput(),
                        Optional.empty(),
                        Logging.DEFAULT,
                        usual.umask(),
                        usual.niceness(),
                        usual.outOfMemoryScore(),
                        Map.of(),
                        usual.brokenPipeIsIgnored(),
                        false,
                        new Confinement(
                                none.root(),
                                none.folders(),
                                none.keep(),
                                none.mounts(),
                                none.namespaces(),
                                resources(amounts),
                                none.rights(),
                                none.scheduling(),
                                none.input())))
                .build();
    }
}
