package dev.fairlead.process.supervisor.condition;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// What the kernel and a few files say about this machine. What cannot be read is empty, or no.
public final class MachineFacts {
    /// The kernel's numbers (`man 7 capabilities`), in their order.
    static final List<String> CAPABILITIES = List.of(
            "chown",
            "dac_override",
            "dac_read_search",
            "fowner",
            "fsetid",
            "kill",
            "setgid",
            "setuid",
            "setpcap",
            "linux_immutable",
            "net_bind_service",
            "net_broadcast",
            "net_admin",
            "net_raw",
            "ipc_lock",
            "ipc_owner",
            "sys_module",
            "sys_rawio",
            "sys_chroot",
            "sys_ptrace",
            "sys_pacct",
            "sys_admin",
            "sys_boot",
            "sys_nice",
            "sys_resource",
            "sys_time",
            "sys_tty_config",
            "mknod",
            "lease",
            "audit_write",
            "audit_control",
            "setfcap",
            "mac_override",
            "mac_admin",
            "syslog",
            "wake_alarm",
            "block_suspend",
            "audit_read",
            "perfmon",
            "bpf",
            "checkpoint_restore");
    private static final Pattern PRESSURE =
            Pattern.compile("(?:[^:]*:)?(\\d+(?:\\.\\d+)?)%(?:/(10s(?:ec)?|1\\s?min|60s?|5\\s?min|300s?))?");
    /// By what the firmware says of its maker.
    private static final Map<String, String> MAKERS = Map.of(
            "QEMU", "qemu",
            "VMware", "vmware",
            "VMW", "vmware",
            "innotek GmbH", "oracle",
            "Oracle Corporation", "oracle",
            "Xen", "xen",
            "Bochs", "bochs",
            "Parallels", "parallels",
            "BHYVE", "bhyve",
            "Microsoft Corporation", "microsoft");

    private MachineFacts() {}

    static String kernelRelease() {
        return text("/proc/sys/kernel/osrelease");
    }

    static String hostName() {
        return text("/proc/sys/kernel/hostname");
    }

    static String machineId() {
        return text("/etc/machine-id");
    }

    /// In systemd's words.
    static String architecture() {
        String name = System.getProperty("os.arch");
        return switch (name) {
            case "amd64" -> "x86-64";
            case "aarch64" -> "arm64";
            case String other -> other;
        };
    }

    /// Whether a word, or the name before its `=`, is on the kernel's command line.
    static boolean kernelWasTold(String word) {
        return Arrays.stream(text("/proc/cmdline").split("\\s+", -1))
                .anyMatch(one -> one.equals(word) || (!word.contains("=") && one.startsWith(word + "=")));
    }

    public static long memoryBytes() {
        return field("/proc/meminfo", "MemTotal:")
                .map(value -> Long.parseLong(value.replace("kB", "").strip()) * 1024)
                .orElse(0L);
    }

    static Set<String> cpuFeatures() {
        return field("/proc/cpuinfo", "flags")
                .map(flags -> Set.of(flags.replace(":", " ").strip().split("\\s+", -1)))
                .orElse(Set.of());
    }

    static Set<Integer> groups() {
        Set<Integer> groups = new HashSet<>();
        for (String name : List.of("Gid:", "Groups:")) {
            field("/proc/self/status", name)
                    .filter(list -> !list.isBlank())
                    .ifPresent(list -> Arrays.stream(list.strip().split("\\s+", -1))
                            .map(Integer::parseInt)
                            .forEach(groups::add));
        }
        return groups;
    }

    static Set<String> mountPoints() {
        return lines("/proc/self/mountinfo").stream()
                .map(line -> line.split(" ", -1)[4].replace("\\040", " "))
                .collect(Collectors.toSet());
    }

    static boolean mayHave(String capability) {
        String name = capability.toLowerCase(Locale.ROOT);
        int number = CAPABILITIES.indexOf(name.startsWith("cap_") ? name.substring(4) : name);
        return number >= 0
                && field("/proc/self/status", "CapBnd:")
                        .map(mask -> (Long.parseUnsignedLong(mask.strip(), 16) >> number & 1) == 1)
                        .orElse(false);
    }

    /// Whether this process can use a capability now.
    public static boolean has(String capability) {
        int number = CAPABILITIES.indexOf(capability);
        return field("/proc/self/status", "CapEff:")
                .map(mask -> (Long.parseUnsignedLong(mask.strip(), 16) >> number & 1) == 1)
                .orElse(false);
    }

    static boolean isSecuredBy(String name) {
        return switch (name) {
            case "selinux" -> Files.exists(Path.of("/sys/fs/selinux/enforce"));
            case "apparmor" -> text("/sys/module/apparmor/parameters/enabled").equals("Y");
            case "smack" -> Files.exists(Path.of("/sys/fs/smackfs"));
            case "tomoyo" -> Files.exists(Path.of("/sys/kernel/security/tomoyo/version"));
            case "ima" -> Files.exists(Path.of("/sys/kernel/security/ima"));
            case "tpm2" -> Files.exists(Path.of("/sys/class/tpm/tpm0"));
            case String unknown -> false;
        };
    }

    /// Without any battery, or with a connected supply.
    static boolean isOnMains() {
        boolean hasBattery = false;
        try (DirectoryStream<Path> supplies = Files.newDirectoryStream(Path.of("/sys/class/power_supply"))) {
            for (Path supply : supplies) {
                if (text(supply.resolve("type").toString()).equals("Mains")
                        && text(supply.resolve("online").toString()).equals("1")) {
                    return true;
                }
                hasBattery |= text(supply.resolve("status").toString()).equals("Discharging");
            }
        } catch (IOException none) {
            return true;
        }
        return !hasBattery;
    }

    /// `v1`, `v2`, or controllers that all have to be there.
    static boolean hasControllers(String asked) {
        boolean isUnified = Files.exists(Path.of("/sys/fs/cgroup/cgroup.controllers"));
        if (asked.equals("v1") || asked.equals("v2")) {
            return isUnified == asked.equals("v2");
        }
        Set<String> there =
                new HashSet<>(List.of(text("/sys/fs/cgroup/cgroup.controllers").split("\\s+", -1)));
        return there.containsAll(List.of(asked.strip().split("\\s+", -1)));
    }

    /// Words such as `ID=debian` or `VERSION_ID>=12`, all of which have to hold.
    static boolean isRelease(String asked) {
        for (String word : asked.strip().split("\\s+", -1)) {
            Matcher parts =
                    Pattern.compile("([A-Z0-9_]+)(<=|>=|!=|<|>|=)\"?(.*?)\"?").matcher(word);
            if (!parts.matches()) {
                return false;
            }
            String actual = field("/etc/os-release", parts.group(1) + "=")
                    .map(value -> value.strip().replaceAll("^[\"']|[\"']$", ""))
                    .orElse("");
            String operator = parts.group(2);
            boolean isText = operator.equals("=") || operator.equals("!=");
            boolean met = isText
                    ? actual.equals(parts.group(3)) == operator.equals("=")
                    : Comparison.holds(operator, Comparison.compare(actual, parts.group(3)));
            if (!met) {
                return false;
            }
        }
        return true;
    }

    /// Whether the share of time that processes waited is at most as asked, such as `20%/1min`. A kernel that
    /// does not measure it counts as idle.
    static boolean pressureIsBelow(String resource, String line, String asked) {
        Matcher parts = PRESSURE.matcher(asked.strip());
        if (!parts.matches()) {
            return true;
        }
        String span = parts.group(2) == null ? "" : parts.group(2);
        String average =
                span.startsWith("10") ? "avg10" : span.startsWith("1") || span.startsWith("60") ? "avg60" : "avg300";
        return field("/proc/pressure/" + resource, line)
                .flatMap(values -> Arrays.stream(values.strip().split("\\s+", -1))
                        .filter(value -> value.startsWith(average + "="))
                        .findFirst())
                .map(value ->
                        Double.parseDouble(value.substring(average.length() + 1)) <= Double.parseDouble(parts.group(1)))
                .orElse(true);
    }

    static boolean hasFirmware(String name) {
        return switch (name) {
            case "uefi" -> Files.exists(Path.of("/sys/firmware/efi"));
            case "device-tree" -> Files.exists(Path.of("/proc/device-tree"));
            case String other -> false;
        };
    }

    /// yes, no, `vm`, `container`, or the name of one.
    static boolean isVirtualizedBy(String asked) {
        Optional<String> container = container();
        Optional<String> machine = container.isPresent() ? Optional.empty() : machine();
        if (Comparison.isYes(asked) || Comparison.isNo(asked)) {
            return (container.isPresent() || machine.isPresent()) == Comparison.isYes(asked);
        }
        return switch (asked) {
            case "vm" -> machine.isPresent();
            case "container" -> container.isPresent();
            case "none" -> container.isEmpty() && machine.isEmpty();
            case String name -> container.or(() -> machine).filter(name::equals).isPresent();
        };
    }

    private static Optional<String> container() {
        if (Files.exists(Path.of("/run/.containerenv"))) {
            return Optional.of("podman");
        }
        if (Files.exists(Path.of("/.dockerenv"))) {
            return Optional.of("docker");
        }
        String said = text("/run/systemd/container");
        if (!said.isEmpty()) {
            return Optional.of(said);
        }
        return Arrays.stream(text("/proc/1/environ").split("\0", -1))
                .filter(variable -> variable.startsWith("container=") && variable.length() > "container=".length())
                .map(variable -> variable.substring("container=".length()))
                .findFirst();
    }

    private static Optional<String> machine() {
        for (String name : List.of("product_name", "sys_vendor", "board_vendor", "bios_vendor", "product_version")) {
            String value = text("/sys/class/dmi/id/" + name);
            if (value.equals("KVM") || value.startsWith("Amazon EC2") || value.startsWith("Google Compute")) {
                return Optional.of("kvm");
            }
            for (Map.Entry<String, String> maker : MAKERS.entrySet()) {
                if (value.startsWith(maker.getKey())) {
                    boolean isFast =
                            Files.exists(Path.of("/dev/kvm")) || cpuFeatures().contains("hypervisor");
                    return Optional.of(maker.getValue().equals("qemu") && isFast ? "kvm" : maker.getValue());
                }
            }
        }
        return cpuFeatures().contains("hypervisor") ? Optional.of("vm-other") : Optional.empty();
    }

    private static Optional<String> field(String file, String name) {
        return lines(file).stream()
                .filter(line -> line.startsWith(name))
                .map(line -> line.substring(name.length()))
                .findFirst();
    }

    public static List<String> lines(String file) {
        return text(file).lines().toList();
    }

    private static String text(String file) {
        try {
            return Files.readString(Path.of(file), StandardCharsets.ISO_8859_1).strip();
        } catch (IOException unreadable) {
            return "";
        }
    }
}
