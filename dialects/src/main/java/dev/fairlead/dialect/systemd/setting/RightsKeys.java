package dev.fairlead.dialect.systemd.setting;

import dev.fairlead.dialect.systemd.text.Assignment;
import dev.fairlead.dialect.systemd.text.Words;
import dev.fairlead.source.Span;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BiConsumer;

/// The settings of `[Service]` about shares of root's power and about when its processes get the machine.
public final class RightsKeys {
    private static final String SERVICE = "Service";
    private static final String NEEDS = "; needs root, otherwise a warning names the line";
    public static final List<String> CAPABILITIES = List.of(
            "audit_control",
            "audit_read",
            "audit_write",
            "block_suspend",
            "bpf",
            "checkpoint_restore",
            "chown",
            "dac_override",
            "dac_read_search",
            "fowner",
            "fsetid",
            "ipc_lock",
            "ipc_owner",
            "kill",
            "lease",
            "linux_immutable",
            "mac_admin",
            "mac_override",
            "mknod",
            "net_admin",
            "net_bind_service",
            "net_broadcast",
            "net_raw",
            "perfmon",
            "setfcap",
            "setgid",
            "setpcap",
            "setuid",
            "sys_admin",
            "sys_boot",
            "sys_chroot",
            "sys_module",
            "sys_nice",
            "sys_pacct",
            "sys_ptrace",
            "sys_rawio",
            "sys_resource",
            "sys_time",
            "sys_tty_config",
            "syslog",
            "wake_alarm");
    private static final Map<String, String> DISK = Map.of(
            "0", "none",
            "none", "none",
            "1", "realtime",
            "realtime", "realtime",
            "2", "best-effort",
            "best-effort", "best-effort",
            "3", "idle",
            "idle", "idle");
    private static final Map<String, String> POLICIES = Map.of(
            "other", "other",
            "batch", "batch",
            "idle", "idle",
            "fifo", "fifo",
            "rr", "rr");
    private static final Map<String, String> BITS = Map.of(
            "keep-caps", "keep_caps",
            "keep-caps-locked", "keep_caps_locked",
            "no-setuid-fixup", "no_setuid_fixup",
            "no-setuid-fixup-locked", "no_setuid_fixup_locked",
            "noroot", "noroot",
            "noroot-locked", "noroot_locked");

    static final List<Key> ROWS = List.of(
            Key.partly(SERVICE, "CapabilityBoundingSet", "The most it can ever have" + NEEDS, RightsKeys::bounding),
            Key.partly(SERVICE, "AmbientCapabilities", "Those it has without being root" + NEEDS, RightsKeys::ambient),
            Key.partly(SERVICE, "SecureBits", "How it may become root" + NEEDS, RightsKeys::secureBits),
            withheld("ProtectKernelModules", "It may not load modules", "sys_module"),
            withheld("ProtectKernelLogs", "It may not read the kernel's log", "syslog"),
            withheld("ProtectClock", "It may not set the clock", "sys_time", "wake_alarm"),
            scheduling(
                    "CPUSchedulingPolicy",
                    "other, batch, idle, fifo, rr" + NEEDS,
                    POLICIES,
                    "CPU scheduling policy",
                    (draft, word) -> draft.policy = Optional.of(word)),
            priority(
                    "CPUSchedulingPriority",
                    "From 1 to 99, for fifo and rr",
                    99,
                    (draft, level) -> draft.priority = OptionalInt.of(level)),
            Key.partly(
                    SERVICE,
                    "CPUSchedulingResetOnFork",
                    "Whether its children are scheduled as usual",
                    (assignment, reading) ->
                            reading.bool(assignment).ifPresent(on -> reading.draft().confinement.resetsOnFork = on)),
            Key.partly(SERVICE, "CPUAffinity", "Processors it may run on", RightsKeys::processors),
            scheduling(
                    "IOSchedulingClass",
                    "none, realtime, best-effort, idle" + NEEDS,
                    DISK,
                    "IO scheduling class",
                    (draft, word) -> draft.disk = Optional.of(word)),
            priority(
                    "IOSchedulingPriority",
                    "From 0 (first) to 7",
                    7,
                    (draft, level) -> draft.diskPriority = OptionalInt.of(level)));

    private RightsKeys() {}

    /// @param what it is called where it cannot be read
    private static Key scheduling(
            String name,
            String note,
            Map<String, String> words,
            String what,
            BiConsumer<ConfinementDraft, String> field) {
        return Key.partly(
                SERVICE,
                name,
                note,
                (assignment, reading) -> ServiceKeys.choose(
                                assignment, reading, words, "Failed to parse " + what + ", ignoring: ")
                        .ifPresent(word -> scheduled(assignment, reading, field, word)));
    }

    private static Key priority(String name, String note, int most, BiConsumer<ConfinementDraft, Integer> field) {
        return Key.partly(
                SERVICE,
                name,
                note,
                (assignment, reading) -> reading.number(assignment, 0, most)
                        .ifPresent(level -> scheduled(assignment, reading, field, level)));
    }

    private static <T> void scheduled(
            Assignment assignment, Reading reading, BiConsumer<ConfinementDraft, T> field, T value) {
        ConfinementDraft draft = reading.draft().confinement;
        field.accept(draft, value);
        draft.schedulingOrigin = Optional.of(assignment.span());
    }

    private static Key withheld(String name, String note, String... capabilities) {
        return Key.partly(
                SERVICE,
                name,
                note + NEEDS,
                (assignment, reading) -> reading.bool(assignment).ifPresent(on -> {
                    ConfinementDraft draft = reading.draft().confinement;
                    if (on) {
                        draft.withheld.put(name, Set.of(capabilities));
                        draft.rightsOrigin = Optional.of(assignment.span());
                    } else {
                        draft.withheld.remove(name);
                    }
                }));
    }

    private static void bounding(Assignment assignment, Reading reading) {
        ConfinementDraft draft = reading.draft().confinement;
        Set<String> all = Set.copyOf(CAPABILITIES);
        draft.bounding = Optional.of(merged(assignment, reading, draft.bounding.orElse(all), all));
        draft.rightsOrigin = Optional.of(assignment.span());
    }

    private static void ambient(Assignment assignment, Reading reading) {
        ConfinementDraft draft = reading.draft().confinement;
        draft.ambient = merged(assignment, reading, draft.ambient, Set.of());
        draft.rightsOrigin = Optional.of(assignment.span());
    }

    /// A list replaces what nothing was said about before, and is added to or (with `~`) taken from anything
    /// else.
    private static Set<String> merged(Assignment assignment, Reading reading, Set<String> before, Set<String> initial) {
        String text = assignment.value().text();
        boolean isInverted = text.startsWith("~");
        Set<String> listed = new TreeSet<>();
        for (Words.Word word : reading.words(assignment)) {
            String name =
                    word.text().replaceFirst("^~", "").toLowerCase(Locale.ROOT).replaceFirst("^cap_", "");
            if (CAPABILITIES.contains(name)) {
                listed.add(name);
            } else if (!name.isEmpty()) {
                reading.problems()
                        .warning(
                                "systemd.invalid-value",
                                word.span(),
                                "Failed to parse capability in " + assignment.key() + "=, ignoring: " + word.text(),
                                "such as CAP_NET_BIND_SERVICE");
            }
        }
        Set<String> merged = new TreeSet<>(before);
        if (before.isEmpty() || before.equals(initial)) {
            merged = new TreeSet<>(isInverted ? CAPABILITIES : listed);
            if (isInverted) {
                merged.removeAll(listed);
            }
        } else if (text.isEmpty()) {
            merged.clear();
        } else if (isInverted) {
            merged.removeAll(listed);
        } else {
            merged.addAll(listed);
        }
        return merged;
    }

    private static void secureBits(Assignment assignment, Reading reading) {
        ConfinementDraft draft = reading.draft().confinement;
        if (assignment.value().isEmpty()) {
            draft.secureBits.clear();
        }
        for (Words.Word word : reading.words(assignment)) {
            if (BITS.containsKey(word.text())) {
                draft.secureBits.add(word.text());
                draft.rightsOrigin = Optional.of(assignment.span());
            } else {
                reading.ignore(assignment, "Failed to parse secure bits, ignoring: ", String.join(", ", BITS.keySet()));
            }
        }
    }

    private static void processors(Assignment assignment, Reading reading) {
        ConfinementDraft draft = reading.draft().confinement;
        if (assignment.value().isEmpty()) {
            draft.processors.clear();
            return;
        }
        Set<Integer> listed = new TreeSet<>();
        for (String part : assignment.value().text().split("[\\s,]+", -1)) {
            List<Integer> range = range(part);
            if (range.isEmpty()) {
                reading.ignore(assignment, "Failed to parse CPU affinity '", "numbers and ranges such as 0 2-3");
                return;
            }
            listed.addAll(range);
        }
        draft.processors.addAll(listed);
        draft.schedulingOrigin = Optional.<Span>of(assignment.span());
    }

    private static List<Integer> range(String text) {
        String[] ends = text.split("-", -1);
        List<Integer> all = new ArrayList<>();
        try {
            int first = Integer.parseInt(ends[0]);
            int last = ends.length == 2 ? Integer.parseInt(ends[1]) : first;
            for (int i = first; i <= last && i >= 0 && i < 8192; i++) {
                all.add(i);
            }
        } catch (NumberFormatException none) {
            return List.of();
        }
        return ends.length > 2 ? List.of() : all;
    }
}
