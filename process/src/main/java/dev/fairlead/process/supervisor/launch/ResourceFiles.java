package dev.fairlead.process.supervisor.launch;

import dev.fairlead.model.service.execution.Resources;
import dev.fairlead.model.service.execution.Resources.Bound;
import dev.fairlead.process.supervisor.condition.MachineFacts;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/// What is written into the files of a control group so that it bounds something.
final class ResourceFiles {
    private static final long PERIOD_MICROS = 100_000;
    private static final long SECOND_MICROS = 1_000_000;
    private static final long LEAST_QUOTA_MICROS = 1000;
    private static final int PARTS = 10_000;
    /// What version 1 and version 2 give to whoever asks for nothing.
    private static final long USUAL_SHARES = 1024;
    private static final long USUAL_WEIGHT = 100;

    private ResourceFiles() {}

    /// By the names of the files.
    static Map<String, String> of(Resources.Kind kind, Bound bound, boolean isUnified) {
        String amount = Long.toString(amount(kind, bound));
        return switch (kind) {
            case MEMORY_MAX -> Map.of(isUnified ? "memory.max" : "memory.limit_in_bytes", amount);
            case MEMORY_HIGH -> Map.of("memory.high", amount);
            case CPU_QUOTA -> {
                String quota =
                        Long.toString(Math.max(LEAST_QUOTA_MICROS, bound.amount() * PERIOD_MICROS / SECOND_MICROS));
                yield isUnified
                        ? Map.of("cpu.max", quota + " " + PERIOD_MICROS)
                        : Map.of("cpu.cfs_period_us", PERIOD_MICROS + "", "cpu.cfs_quota_us", quota);
            }
            case CPU_WEIGHT ->
                isUnified
                        ? Map.of("cpu.weight", amount)
                        : Map.of("cpu.shares", Math.max(2, bound.amount() * USUAL_SHARES / USUAL_WEIGHT) + "");
            case TASKS_MAX -> Map.of("pids.max", amount);
        };
    }

    private static long amount(Resources.Kind kind, Bound bound) {
        if (!bound.isShare()) {
            return bound.amount();
        }
        long all = kind == Resources.Kind.TASKS_MAX
                ? number(Path.of("/proc/sys/kernel/pid_max"))
                : MachineFacts.memoryBytes();
        return Math.max(1, all / PARTS * bound.amount());
    }

    private static long number(Path file) {
        try {
            return Long.parseLong(Files.readString(file).strip());
        } catch (IOException | NumberFormatException unreadable) {
            return Short.MAX_VALUE;
        }
    }
}
