package dev.fairlead.process.supervisor.launch;

import dev.fairlead.model.service.execution.Confinement;
import dev.fairlead.model.service.execution.Confinement.Access;
import dev.fairlead.model.service.execution.Confinement.Mount;
import dev.fairlead.model.service.execution.Confinement.Own;
import dev.fairlead.model.service.execution.Confinement.Root;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/// The shell's part in changing what files a service sees: run in a namespace of its own, where it may mount as
/// it likes. What cannot be done ends the process with systemd's status for it.
final class MountScript {
    private static final String FAILS = " || exit " + StartFailure.NAMESPACE + "\n";
    private static final List<String> DEVICES = List.of("null", "zero", "full", "random", "urandom", "tty");

    private static final List<String> KERNELS = List.of("proc", "sys", "dev");

    private final StringBuilder script = new StringBuilder();
    private final Optional<Root> root;

    private MountScript(Optional<Root> root) {
        this.root = root;
    }

    /// @param root what it takes for `/`; the paths of its mounts are meant from there on
    /// @param temporary where its own temporary files lie
    /// @param directory where its program starts
    static String of(Confinement confinement, Optional<Root> root, Optional<Path> temporary, Path directory) {
        MountScript made = new MountScript(root);
        root.ifPresent(other -> made.furnish(other, confinement));
        for (Mount mount : confinement.mounts()) {
            made.mount(mount, temporary);
        }
        made.restrict(confinement.mounts(), "ro", Access.READ_ONLY, Access.READ_WRITE);
        made.restrict(confinement.mounts(), "noexec", Access.NO_EXECUTE, Access.EXECUTE);
        if (confinement.namespaces().stream().anyMatch(own -> own.kind() == Own.Kind.NETWORK)) {
            made.script.append("ip link set lo up 2>/dev/null || :\n");
        }
        // A folder that was entered before shows what was mounted before.
        made.script.append("cd ").append(quoted(directory)).append(FAILS).append("exec \"$@\"");
        return made.script.toString();
    }

    /// What programs expect to find, and the folders that are the service's own.
    private void furnish(Root other, Confinement confinement) {
        for (String name : KERNELS) {
            String place = quoted(other.at(Path.of("/" + name)));
            script.append("if [ -d ")
                    .append(place)
                    .append(" ]; then mount --rbind /")
                    .append(name)
                    .append(' ')
                    .append(place)
                    .append(FAILS)
                    .append("fi\n");
        }
        confinement
                .folders()
                .forEach(folder ->
                        bound(new Mount.Bound(folder.path(), folder.path(), false, true, false, folder.origin())));
    }

    private Path at(Path path) {
        return root.map(other -> other.at(path)).orElse(path);
    }

    private void mount(Mount mount, Optional<Path> temporary) {
        switch (mount) {
            case Mount.OwnTemporary _ ->
                temporary.ifPresent(folder -> {
                    // They lie in the one that is hidden last.
                    bind(folder.resolve("var-tmp"), at(Path.of("/var/tmp")), true);
                    bind(folder.resolve("tmp"), at(Path.of("/tmp")), true);
                });
            case Mount.Covered covered -> {
                script.append("mkdir -p ").append(quoted(at(covered.path()))).append(FAILS);
                script.append("mount -t tmpfs -o nodev,")
                        .append(quoted(covered.options()))
                        .append(" tmpfs ")
                        .append(quoted(at(covered.path())))
                        .append(FAILS);
            }
            case Mount.Bound bound -> bound(bound);
            case Mount.OwnDevices _ -> devices();
            case Mount.Restricted restricted -> restricted(restricted);
        }
    }

    private void bind(Path from, Path to, boolean isDeep) {
        script.append("mount --")
                .append(isDeep ? "rbind " : "bind ")
                .append(quoted(from))
                .append(' ')
                .append(quoted(to))
                .append(FAILS);
    }

    private void bound(Mount.Bound bound) {
        String from = quoted(bound.from());
        String to = quoted(at(bound.to()));
        String missing = bound.mayBeMissing() ? "if [ -e " + from + " ]; then\n" : "";
        script.append(missing);
        script.append("if [ -d ")
                .append(from)
                .append(" ]; then mkdir -p ")
                .append(to)
                .append("; else mkdir -p \"$(dirname ")
                .append(to)
                .append(")\" && [ -e ")
                .append(to)
                .append(" ] || : >")
                .append(to)
                .append("; fi\n");
        bind(bound.from(), at(bound.to()), bound.isDeep());
        if (bound.isReadOnly()) {
            script.append("mount -o remount,bind,ro ").append(to).append(FAILS);
        }
        script.append(missing.isEmpty() ? "" : "fi\n");
    }

    private void restricted(Mount.Restricted restricted) {
        if (at(restricted.path()).equals(Path.of("/"))) {
            return;
        }
        String path = quoted(at(restricted.path()));
        if (restricted.mayBeMissing()) {
            script.append("if [ -e ").append(path).append(" ]; then\n");
        }
        if (restricted.access() == Access.NONE) {
            script.append("if [ -d ")
                    .append(path)
                    .append(" ]; then mount -t tmpfs -o mode=000,ro,nodev,nosuid,noexec tmpfs ")
                    .append(path)
                    .append("; else mount --bind /dev/null ")
                    .append(path)
                    .append("; fi")
                    .append(FAILS);
        } else {
            bind(at(restricted.path()), at(restricted.path()), true);
        }
        script.append(restricted.mayBeMissing() ? "fi\n" : "");
    }

    private void devices() {
        script.append("d=$(mktemp -d)").append(FAILS);
        script.append("mount -t tmpfs -o mode=0755,nosuid tmpfs \"$d\"").append(FAILS);
        for (String name : DEVICES) {
            script.append(": >\"$d\"/")
                    .append(name)
                    .append(" && mount --bind /dev/")
                    .append(name)
                    .append(" \"$d\"/")
                    .append(name)
                    .append(FAILS);
        }
        script.append(
                "for n in pts shm mqueue; do [ -d /dev/$n ] && mkdir \"$d\"/$n && mount --rbind /dev/$n \"$d\"/$n; done\n");
        script.append(
                "ln -s /proc/self/fd \"$d\"/fd; ln -s fd/0 \"$d\"/stdin; ln -s fd/1 \"$d\"/stdout; ln -s fd/2 \"$d\"/stderr; ln -s pts/ptmx \"$d\"/ptmx\n");
        script.append("[ -S /dev/log ] && : >\"$d\"/log && mount --bind /dev/log \"$d\"/log\n");
        script.append("mount --rbind \"$d\" ")
                .append(quoted(at(Path.of("/dev"))))
                .append(FAILS);
        script.append("umount -l \"$d\" && rmdir \"$d\"\n");
    }

    /// Goes over every mount and takes the right away where the innermost rule about it says so.
    private void restrict(List<Mount> mounts, String option, Access taken, Access left) {
        List<Mount.Restricted> rules = new ArrayList<>();
        for (Mount mount : mounts) {
            switch (mount) {
                case Mount.Restricted one when one.access() == taken || one.access() == left -> rules.add(one);
                case Mount.OwnTemporary own -> {
                    rules.add(new Mount.Restricted(Path.of("/tmp"), left, true, own.origin()));
                    rules.add(new Mount.Restricted(Path.of("/var/tmp"), left, true, own.origin()));
                }
                case Mount.Covered covered ->
                    rules.add(new Mount.Restricted(covered.path(), left, true, covered.origin()));
                case Mount.Restricted _, Mount.Bound _, Mount.OwnDevices _ -> {}
            }
        }
        if (rules.stream().noneMatch(rule -> rule.access() == taken)) {
            return;
        }
        rules.sort(
                Comparator.comparingInt((Mount.Restricted rule) -> rule.path().getNameCount())
                        .reversed());
        script.append("all=$(cat /proc/self/mountinfo)\nwhile read -r _ _ _ _ p _; do case \"$p\" in\n");
        for (Mount.Restricted rule : rules) {
            String path = at(rule.path()).equals(Path.of("/"))
                    ? "*"
                    : quoted(at(rule.path())) + "|" + quoted(at(rule.path()) + "/") + "*";
            String act = rule.access() == taken ? "mount -o remount,bind," + option + " \"$p\" 2>/dev/null" : "";
            script.append(path).append(") ").append(act).append(" ;;\n");
        }
        script.append("esac; done <<ALL\n$all\nALL\n");
    }

    private static String quoted(Object text) {
        return "'" + text.toString().replace("'", "'\\''") + "'";
    }
}
