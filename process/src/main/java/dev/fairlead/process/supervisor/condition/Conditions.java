package dev.fairlead.process.supervisor.condition;

import dev.fairlead.model.service.Condition;
import dev.fairlead.os.Accounts;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileStore;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/// Asks the machine what the conditions of units ask about. Every question is answered anew; a path that cannot
/// be looked at counts as not being there.
public final class Conditions {
    private static final int LAST_SYSTEM_ID = 999;

    private Conditions() {}

    /// The first one that keeps a unit from starting; empty if it may. All plain ones have to hold, and one of
    /// the triggers where there are any.
    public static Optional<Condition> unmet(List<Condition> conditions) {
        Optional<Condition> lastTrigger = Optional.empty();
        boolean isTriggered = false;
        for (Condition condition : conditions) {
            boolean holds = holds(condition);
            if (condition.isTrigger()) {
                lastTrigger = Optional.of(condition);
                isTriggered |= holds;
            } else if (!holds) {
                return Optional.of(condition);
            }
        }
        return isTriggered ? Optional.empty() : lastTrigger;
    }

    static boolean holds(Condition condition) {
        return answer(condition.subject(), condition.parameter()) != condition.isNegated();
    }

    private static boolean answer(Condition.Subject subject, String about) {
        return switch (subject) {
            case PATH_EXISTS -> Files.exists(Path.of(about));
            case PATH_EXISTS_GLOB -> matchesAny(about);
            case PATH_IS_DIRECTORY -> Files.isDirectory(Path.of(about));
            case PATH_IS_SYMBOLIC_LINK -> Files.isSymbolicLink(Path.of(about));
            case PATH_IS_MOUNT_POINT -> isMountPoint(Path.of(about));
            case PATH_IS_READ_WRITE -> isReadWrite(Path.of(about));
            case DIRECTORY_NOT_EMPTY -> isFilledDirectory(Path.of(about));
            case FILE_NOT_EMPTY -> isFilledFile(Path.of(about));
            case FILE_IS_EXECUTABLE -> isExecutable(Path.of(about));
            case USER -> isUser(about);
            case GROUP -> isGroup(about);
            case HOST -> isHost(about);
            case ENVIRONMENT -> isSet(about);
            case KERNEL_COMMAND_LINE -> MachineFacts.kernelWasTold(about);
            case KERNEL_VERSION -> Comparison.version(MachineFacts.kernelRelease(), about);
            case ARCHITECTURE -> about.equals("native") || about.equals(MachineFacts.architecture());
            case VIRTUALIZATION -> MachineFacts.isVirtualizedBy(about);
            case CAPABILITY -> MachineFacts.mayHave(about);
            case SECURITY -> MachineFacts.isSecuredBy(about);
            case MEMORY -> Comparison.amount(MachineFacts.memoryBytes(), about);
            case CPUS -> Comparison.amount(Runtime.getRuntime().availableProcessors(), about);
            case CPU_FEATURE -> MachineFacts.cpuFeatures().contains(about.toLowerCase(Locale.ROOT));
            case AC_POWER -> MachineFacts.isOnMains() == Comparison.isYes(about);
            case CONTROL_GROUP_CONTROLLER -> MachineFacts.hasControllers(about);
            case OS_RELEASE -> MachineFacts.isRelease(about);
            case MEMORY_PRESSURE -> MachineFacts.pressureIsBelow("memory", "full", about);
            case CPU_PRESSURE -> MachineFacts.pressureIsBelow("cpu", "some", about);
            case IO_PRESSURE -> MachineFacts.pressureIsBelow("io", "full", about);
            case FIRMWARE -> MachineFacts.hasFirmware(about);
            case FIRST_BOOT, NEEDS_UPDATE, CREDENTIAL, PATH_IS_ENCRYPTED -> false;
        };
    }

    private static boolean matchesAny(String pattern) {
        int wild = 0;
        while (wild < pattern.length() && "*?[".indexOf(pattern.charAt(wild)) < 0) {
            wild++;
        }
        if (wild == pattern.length()) {
            return Files.exists(Path.of(pattern));
        }
        int slash = pattern.indexOf('/', wild);
        Path folder = Path.of(pattern.substring(0, pattern.lastIndexOf('/', wild) + 1));
        String part = pattern.substring(pattern.lastIndexOf('/', wild) + 1, slash < 0 ? pattern.length() : slash);
        PathMatcher matcher = FileSystems.getDefault().getPathMatcher("glob:" + part.replace("{", "\\{"));
        try (Stream<Path> entries = Files.list(folder)) {
            return entries.filter(entry -> !String.valueOf(entry.getFileName()).startsWith(".") || part.startsWith("."))
                    .filter(entry -> matcher.matches(entry.getFileName()))
                    .anyMatch(entry -> slash < 0 || matchesAny(entry + pattern.substring(slash)));
        } catch (IOException notThere) {
            return false;
        }
    }

    private static boolean isMountPoint(Path path) {
        try {
            Path real = path.toRealPath();
            Path parent = real.getParent();
            return parent == null
                    || !Files.getAttribute(real, "unix:dev").equals(Files.getAttribute(parent, "unix:dev"))
                    || MachineFacts.mountPoints().contains(real.toString());
        } catch (IOException notThere) {
            return false;
        }
    }

    private static boolean isReadWrite(Path path) {
        try {
            FileStore store = Files.getFileStore(path);
            return !store.isReadOnly();
        } catch (IOException notThere) {
            return false;
        }
    }

    private static boolean isFilledDirectory(Path path) {
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(path)) {
            return entries.iterator().hasNext();
        } catch (IOException notThere) {
            return false;
        }
    }

    private static boolean isFilledFile(Path path) {
        try {
            return Files.isRegularFile(path) && Files.size(path) > 0;
        } catch (IOException notThere) {
            return false;
        }
    }

    private static boolean isExecutable(Path path) {
        try {
            return Files.isRegularFile(path)
                    && Files.getPosixFilePermissions(path).stream()
                            .anyMatch(permission -> permission.name().endsWith("EXECUTE"));
        } catch (IOException notThere) {
            return false;
        }
    }

    private static boolean isUser(String name) {
        int own = Accounts.currentUid();
        return name.equals("@system")
                ? own <= LAST_SYSTEM_ID
                : Accounts.user(name).filter(user -> user.uid() == own).isPresent()
                        || name.equals(Integer.toString(own));
    }

    private static boolean isGroup(String name) {
        Set<Integer> own = MachineFacts.groups();
        return name.equals("@system")
                ? own.stream().anyMatch(gid -> gid <= LAST_SYSTEM_ID)
                : Accounts.group(name)
                                .filter(group -> own.contains(group.gid()))
                                .isPresent()
                        || own.stream().anyMatch(gid -> name.equals(Integer.toString(gid)));
    }

    private static boolean isHost(String name) {
        return name.replace("-", "").equalsIgnoreCase(MachineFacts.machineId())
                || Comparison.glob(
                        name.toLowerCase(Locale.ROOT), MachineFacts.hostName().toLowerCase(Locale.ROOT));
    }

    private static boolean isSet(String variable) {
        int equals = variable.indexOf('=');
        return equals < 0
                ? System.getenv(variable) != null
                : variable.substring(equals + 1).equals(System.getenv(variable.substring(0, equals)));
    }
}
