package dev.fairlead.dialect.systemd.setting;

import dev.fairlead.dialect.systemd.text.Assignment;
import dev.fairlead.model.service.Condition;
import dev.fairlead.model.service.Condition.Subject;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/// The settings of `[Unit]` that ask about the machine before a start: `Condition…=` and `Assert…=`.
final class ConditionKeys {
    private static final String UNIT = "Unit";
    private static final Map<String, Subject> SUBJECTS = Map.ofEntries(
            Map.entry("PathExists", Subject.PATH_EXISTS),
            Map.entry("PathExistsGlob", Subject.PATH_EXISTS_GLOB),
            Map.entry("PathIsDirectory", Subject.PATH_IS_DIRECTORY),
            Map.entry("PathIsSymbolicLink", Subject.PATH_IS_SYMBOLIC_LINK),
            Map.entry("PathIsMountPoint", Subject.PATH_IS_MOUNT_POINT),
            Map.entry("PathIsReadWrite", Subject.PATH_IS_READ_WRITE),
            Map.entry("PathIsEncrypted", Subject.PATH_IS_ENCRYPTED),
            Map.entry("DirectoryNotEmpty", Subject.DIRECTORY_NOT_EMPTY),
            Map.entry("FileNotEmpty", Subject.FILE_NOT_EMPTY),
            Map.entry("FileIsExecutable", Subject.FILE_IS_EXECUTABLE),
            Map.entry("User", Subject.USER),
            Map.entry("Group", Subject.GROUP),
            Map.entry("Host", Subject.HOST),
            Map.entry("Environment", Subject.ENVIRONMENT),
            Map.entry("KernelCommandLine", Subject.KERNEL_COMMAND_LINE),
            Map.entry("KernelVersion", Subject.KERNEL_VERSION),
            Map.entry("Architecture", Subject.ARCHITECTURE),
            Map.entry("Virtualization", Subject.VIRTUALIZATION),
            Map.entry("Capability", Subject.CAPABILITY),
            Map.entry("Security", Subject.SECURITY),
            Map.entry("Memory", Subject.MEMORY),
            Map.entry("CPUs", Subject.CPUS),
            Map.entry("CPUFeature", Subject.CPU_FEATURE),
            Map.entry("ACPower", Subject.AC_POWER),
            Map.entry("FirstBoot", Subject.FIRST_BOOT),
            Map.entry("NeedsUpdate", Subject.NEEDS_UPDATE),
            Map.entry("ControlGroupController", Subject.CONTROL_GROUP_CONTROLLER),
            Map.entry("OSRelease", Subject.OS_RELEASE),
            Map.entry("MemoryPressure", Subject.MEMORY_PRESSURE),
            Map.entry("CPUPressure", Subject.CPU_PRESSURE),
            Map.entry("IOPressure", Subject.IO_PRESSURE),
            Map.entry("Firmware", Subject.FIRMWARE),
            Map.entry("Credential", Subject.CREDENTIAL));
    private static final Set<Subject> OF_PATHS = Set.of(
            Subject.PATH_EXISTS,
            Subject.PATH_EXISTS_GLOB,
            Subject.PATH_IS_DIRECTORY,
            Subject.PATH_IS_SYMBOLIC_LINK,
            Subject.PATH_IS_MOUNT_POINT,
            Subject.PATH_IS_READ_WRITE,
            Subject.PATH_IS_ENCRYPTED,
            Subject.DIRECTORY_NOT_EMPTY,
            Subject.FILE_NOT_EMPTY,
            Subject.FILE_IS_EXECUTABLE,
            Subject.NEEDS_UPDATE);
    /// What Fairlead cannot tell: the answer is always no.
    private static final Set<Subject> NEVER =
            Set.of(Subject.PATH_IS_ENCRYPTED, Subject.FIRST_BOOT, Subject.NEEDS_UPDATE, Subject.CREDENTIAL);

    static final List<Key> ROWS = rows();

    private ConditionKeys() {}

    private static List<Key> rows() {
        List<Key> rows = new ArrayList<>();
        new TreeMap<>(SUBJECTS).forEach((name, subject) -> {
            rows.add(row("Condition" + name, subject, "Where it does not hold a start is skipped"));
            rows.add(row("Assert" + name, subject, "Where it does not hold a start fails"));
        });
        return List.copyOf(rows);
    }

    private static Key row(String name, Subject subject, String note) {
        return NEVER.contains(subject)
                ? Key.partly(
                        UNIT,
                        name,
                        note + "; the answer here is always no",
                        (assignment, reading) -> add(assignment, reading, subject))
                : Key.honoured(UNIT, name, note, (assignment, reading) -> add(assignment, reading, subject));
    }

    private static void add(Assignment assignment, Reading reading, Subject subject) {
        List<Condition> list =
                assignment.key().startsWith("Assert") ? reading.draft().assertions : reading.draft().conditions;
        if (assignment.value().isEmpty()) {
            list.clear();
            return;
        }
        String text = assignment.value().text();
        boolean isTrigger = text.startsWith("|");
        String rest = isTrigger ? text.substring(1) : text;
        boolean isNegated = rest.startsWith("!");
        rest = isNegated ? rest.substring(1) : rest;
        Optional<String> parameter =
                reading.specifiers().expand(rest, assignment.value().span(), reading.problems());
        if (parameter.isEmpty()) {
            return;
        }
        String about = parameter.get();
        if (OF_PATHS.contains(subject)) {
            if (!about.startsWith("/")) {
                reading.ignore(assignment, assignment.key() + "= path is not absolute, ignoring: ", "a path from / on");
                return;
            }
            about = ofMachine(about) ? about : reading.options().underRoot(about);
        }
        String written = assignment.key() + "=" + text;
        list.add(new Condition(subject, about, isNegated, isTrigger, written, assignment.span()));
    }

    /// The kernel's own files are the machine's, whatever stands for `/`.
    private static boolean ofMachine(String path) {
        return path.startsWith("/proc/") || path.startsWith("/sys/") || path.startsWith("/dev/");
    }
}
