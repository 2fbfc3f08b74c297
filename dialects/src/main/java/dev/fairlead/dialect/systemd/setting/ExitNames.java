package dev.fairlead.dialect.systemd.setting;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The names exit statuses have in unit files (`man systemd.exec`, "Process Exit Codes").
final class ExitNames {
    private static final Map<String, Integer> CODES = codes();

    private ExitNames() {}

    static Optional<Integer> code(String name) {
        return Optional.ofNullable(CODES.get(name));
    }

    private static Map<String, Integer> codes() {
        Map<String, Integer> all = new HashMap<>();
        number(all, 0, "SUCCESS", "FAILURE", "INVALIDARGUMENT", "NOTIMPLEMENTED", "NOPERMISSION", "NOTINSTALLED");
        number(all, 6, "NOTCONFIGURED", "NOTRUNNING");
        number(all, 64, "USAGE", "DATAERR", "NOINPUT", "NOUSER", "NOHOST", "UNAVAILABLE", "SOFTWARE", "OSERR");
        number(all, 72, "OSFILE", "CANTCREAT", "IOERR", "TEMPFAIL", "PROTOCOL", "NOPERM", "CONFIG");
        number(all, 200, "CHDIR", "NICE", "FDS", "EXEC", "MEMORY", "LIMITS", "OOM_ADJUST", "SIGNAL_MASK", "STDIN");
        number(all, 209, "STDOUT", "CHROOT", "IOPRIO", "TIMERSLACK", "SECUREBITS", "SETSCHEDULER", "CPUAFFINITY");
        number(all, 216, "GROUP", "USER", "CAPABILITIES", "CGROUP", "SETSID", "CONFIRM", "STDERR");
        number(all, 224, "PAM", "NETWORK", "NAMESPACE", "NO_NEW_PRIVILEGES", "SECCOMP", "SELINUX_CONTEXT");
        number(all, 230, "PERSONALITY", "APPARMOR_PROFILE", "ADDRESS_FAMILIES", "RUNTIME_DIRECTORY");
        number(all, 235, "CHOWN", "SMACK_PROCESS_LABEL", "KEYRING", "STATE_DIRECTORY", "CACHE_DIRECTORY");
        number(all, 240, "LOGS_DIRECTORY", "CONFIGURATION_DIRECTORY", "NUMA_POLICY", "CREDENTIALS", "BPF");
        return Map.copyOf(all);
    }

    private static void number(Map<String, Integer> all, int first, String... names) {
        List.of(names).forEach(name -> all.put(name, first + List.of(names).indexOf(name)));
    }
}
