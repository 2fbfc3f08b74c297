package dev.fairlead.cli.install;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/// What the unit of a stack says. As strict as the stack bears it: what its files ask for is left to it.
///
/// @param name the stack's, and so the end of the unit's: `fairlead-NAME.service`
/// @param stack what is run
/// @param options of `up`, such as `--ports`
/// @param launcher the program
/// @param javaHome the Java machine it runs on
/// @param user who runs it; empty: root
/// @param knowsNotifyReload whether the machine's systemd waits for a reload it has asked for by a signal
/// @param isTrafficAlone whether the stack starts no processes
/// @param written folders it writes to
/// @param usesHome whether anything of it lies where people's files are
record UnitText(
        String name,
        Path stack,
        List<String> options,
        Path launcher,
        Path javaHome,
        Optional<String> user,
        Capabilities capabilities,
        boolean knowsNotifyReload,
        boolean isTrafficAlone,
        Set<Path> written,
        boolean usesHome) {
    private static final String MARK = "# Written by \"fairlead install\" for ";

    UnitText {
        options = List.copyOf(options);
        written = Set.copyOf(written);
    }

    /// Whether a unit's text is one of these.
    static boolean isOwn(String text) {
        return text.startsWith(MARK);
    }

    /// Whether it is for this stack.
    static boolean isFor(String text, Path stack) {
        return text.startsWith(MARK + stack + "\n");
    }

    String unit() {
        return "fairlead-" + name + ".service";
    }

    String text() {
        List<String> lines = new ArrayList<>(List.of(
                MARK + stack,
                "# \"fairlead uninstall\" takes it away. Changes of your own belong into " + unit() + ".d/*.conf.",
                "[Unit]",
                "Description=" + specified(name) + ", run by Fairlead",
                "Wants=network-online.target",
                "After=network-online.target nss-lookup.target",
                "",
                "[Service]"));
        running(lines);
        lines.add("");
        who(lines);
        lines.add("");
        confined(lines);
        lines.addAll(List.of("", "[Install]", "WantedBy=multi-user.target"));
        return String.join("\n", lines) + "\n";
    }

    private void running(List<String> lines) {
        List<String> start = new ArrayList<>(List.of(launcher.toString(), "up"));
        start.addAll(options);
        start.add(stack.toString());
        lines.add(knowsNotifyReload ? "Type=notify-reload" : "Type=notify");
        lines.addAll(List.of("NotifyAccess=main", "ExecStart=" + line(start)));
        if (knowsNotifyReload) {
            lines.add("# Unsound files change nothing; \"systemctl status\" and the log say so.");
        } else {
            lines.add("# Fails, and changes nothing, where the files are unsound.");
            lines.add("ExecReload=" + line(List.of(launcher.toString(), "reload", "-C", stack.toString())));
        }
        lines.addAll(List.of(
                "Restart=on-failure",
                "RestartSec=1",
                "WatchdogSec=30",
                "# The program stops its units in their order and asks for the time that takes. Only what is left when",
                "# it has ended is killed, and what one of its units costs does not end the others.",
                "KillMode=mixed",
                "KillSignal=SIGTERM",
                "TimeoutStopSec=60",
                "OOMPolicy=continue",
                "LimitNOFILE=524288",
                "Environment=" + word("JAVA_HOME=" + javaHome) + " FAIRLEAD_NO_BUILD=1"));
    }

    private void who(List<String> lines) {
        if (user.isEmpty()) {
            lines.addAll(List.of(
                    "RuntimeDirectory=fairlead fairlead-python",
                    "RuntimeDirectoryPreserve=yes",
                    "StateDirectory=fairlead",
                    "StateDirectoryMode=0700"));
            if (capabilities.asRoot().isPresent()) {
                lines.add("# " + capabilities.asRoot().get() + " runs as root and may need any capability.");
            } else {
                lines.add("CapabilityBoundingSet=" + String.join(" ", capabilities.names()));
            }
            return;
        }
        String folder = "fairlead-" + specified(name);
        lines.addAll(List.of(
                "User=" + specified(user.get()),
                "RuntimeDirectory=" + folder,
                "StateDirectory=" + folder,
                "StateDirectoryMode=0700",
                "Environment=FAIRLEAD_RUNTIME_DIR=%t/" + folder + "/control FAIRLEAD_STATE_DIR=%S/" + folder,
                "CapabilityBoundingSet=" + String.join(" ", capabilities.names())));
        if (!capabilities.names().isEmpty()) {
            lines.add("AmbientCapabilities=" + String.join(" ", capabilities.names()));
        }
    }

    private void confined(List<String> lines) {
        lines.add("NoNewPrivileges=yes");
        if (isTrafficAlone) {
            lines.addAll(List.of(
                    "ProtectSystem=strict",
                    "PrivateDevices=yes",
                    "RestrictNamespaces=yes",
                    "RestrictAddressFamilies=AF_INET AF_INET6 AF_UNIX AF_NETLINK"));
        } else {
            lines.add("# What the units write is not known; they may be confined further by themselves.");
            lines.add("ProtectSystem=full");
        }
        folders().forEach(folder -> lines.add("ReadWritePaths=-" + word(folder.toString())));
        if (!usesHome) {
            lines.add("ProtectHome=read-only");
        }
        lines.addAll(List.of(
                "ProtectKernelModules=yes",
                "ProtectKernelLogs=yes",
                "ProtectClock=yes",
                "LockPersonality=yes",
                "SystemCallArchitectures=native"));
    }

    /// Where it writes, besides what systemd makes for it: temporary files are the program's and the machine's.
    private Set<Path> folders() {
        Set<Path> folders = new TreeSet<>();
        written.stream()
                .filter(folder -> folder.getNameCount() > 0 && !folder.startsWith("/dev"))
                .forEach(folders::add);
        if (isTrafficAlone) {
            folders.add(Path.of("/tmp"));
        }
        return folders;
    }

    private static String line(List<String> words) {
        List<String> written = new ArrayList<>();
        words.forEach(word -> written.add(word(word).replace("$", "$$")));
        return String.join(" ", written);
    }

    private static String word(String text) {
        String safe = specified(text);
        return safe.matches("[^\\s\"'\\\\;]+")
                ? safe
                : "\"" + safe.replace("\\", "\\\\").replace("\"", "\\\"") + "\"";
    }

    /// With nothing in it that systemd would take for a specifier.
    private static String specified(String text) {
        return text.replace("%", "%%");
    }
}
