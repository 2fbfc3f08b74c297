package dev.fairlead.conformance.systemd;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/// systemd itself as the first process of its own namespaces, with these units and no others; a service of its
/// own asks of it what the cases say.
final class SystemdMachine {
    static final Path SYSTEMD = Path.of("/lib/systemd/systemd");
    private static final int BOOT_SECONDS = 60;
    private static final int RUN_SECONDS = 300;
    private static final String STAMPS = "/var/lib/systemd/timers";
    /// For how many seconds a step waits for what it names.
    static final int PATIENCE = 60;

    private SystemdMachine() {}

    /// Boots it once, runs all cases, and ends it.
    ///
    /// @param atOnce how many cases run beside each other
    /// @return why it does not boot here; empty: each case that came to its end has left a file `NAME.out`
    static Optional<String> run(Path folder, List<BehaviourCase> cases, int atOnce)
            throws IOException, InterruptedException {
        StringBuilder driver = new StringBuilder(FUNCTIONS
                .replace("@folder", folder.toString())
                .replace("@atOnce", Integer.toString(atOnce))
                .replace("@patience", Integer.toString(PATIENCE)));
        for (BehaviourCase one : cases) {
            one.write(folder);
            driver.append(one.placed(function(one), folder).replace("@stamps", STAMPS));
        }
        driver.append("touch begun\n");
        cases.forEach(one -> driver.append("go ").append(id(one)).append('\n'));
        driver.append("wait\ntouch done\n");
        return boot(folder, folder, "", driver.toString());
    }

    /// Boots it once with a script that makes files `begun` and `done`, and ends it.
    ///
    /// @param units the folder with its units
    /// @param before what is done before it boots, in its namespaces
    /// @param script where its work is done, in `folder`
    /// @return why it does not boot here; empty: it has, whether or not the script got to its end
    static Optional<String> boot(Path folder, Path units, String before, String script)
            throws IOException, InterruptedException {
        Files.writeString(folder.resolve("driver.sh"), script);
        Files.writeString(units.resolve("driver.service"), """
                [Unit]
                DefaultDependencies=no
                IgnoreOnIsolate=yes
                [Service]
                ExecStart=/bin/bash @folder/driver.sh
                """.replace("@folder", folder.toString()));
        Files.writeString(folder.resolve("boot.sh"), """
                mount -t tmpfs tmpfs /run && mount -t cgroup2 none /sys/fs/cgroup || exit 9
                mkdir -p /run/systemd @stamps && mount -t tmpfs tmpfs @stamps
                @before
                export SYSTEMD_UNIT_PATH=@units container=fairlead-test PATH=/usr/sbin:/usr/bin:/sbin:/bin
                exec /lib/systemd/systemd --system --unit=driver.service --log-target=null --show-status=no
                """.replace("@before", before)
                .replace("@units", units.toString())
                .replace("@stamps", STAMPS));
        Process process = new ProcessBuilder(
                        "unshare", "-fpmiunC", "--mount-proc", "--kill-child", "bash", folder + "/boot.sh")
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("boot.log").toFile())
                .start();
        try {
            if (!appears(folder.resolve("begun"), process, BOOT_SECONDS)) {
                return Optional.of("systemd does not boot in namespaces here: "
                        + Files.readString(folder.resolve("boot.log")).strip());
            }
            appears(folder.resolve("done"), process, RUN_SECONDS);
            return Optional.empty();
        } finally {
            process.destroyForcibly().waitFor();
        }
    }

    private static boolean appears(Path file, Process process, int seconds) throws InterruptedException {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
        while (!Files.exists(file) && process.isAlive() && System.nanoTime() < end) {
            process.waitFor(50, TimeUnit.MILLISECONDS);
        }
        return Files.exists(file);
    }

    private static String id(BehaviourCase one) {
        return "case_" + one.name().replace('-', '_').toLowerCase(Locale.ROOT);
    }

    private static String function(BehaviourCase one) {
        StringBuilder text = new StringBuilder(id(one))
                .append("() {\nexec >")
                .append(one.name())
                .append(".out\n");
        text.append("log=").append(one.name()).append(".log\n");
        for (String step : one.steps()) {
            text.append(
                    step.startsWith("run ")
                            ? "( " + step.substring("run ".length()) + "\n) 2>&1\n"
                            : "do_" + step + "\n");
        }
        text.append("settle ").append(String.join(" ", one.unitNames())).append("\n}\n");
        return text.toString();
    }

    private static final String FUNCTIONS = """
            cd @folder
            told() { [ $? = 0 ] && echo "$1 ok" || echo "$1 failed"; }
            do_start() { systemctl start "$1" >/dev/null 2>&1; told "start $1"; }
            do_stop() { systemctl stop "$1" >/dev/null 2>&1; told "stop $1"; }
            do_restart() { systemctl restart "$1" >/dev/null 2>&1; told "restart $1"; }
            do_isolate() { systemctl isolate "$1" >/dev/null 2>&1; told "isolate $1"; }
            do_reload() { systemctl reload "$1" >/dev/null 2>&1; told "reload $1"; }
            do_kill() { systemctl kill --kill-whom=main --signal="$2" "$1" >/dev/null 2>&1; }
            state() { systemctl show -P ActiveState -P SubState "$1" | paste -sd/; }
            late() { [ $SECONDS -ge $1 ] || { sleep 0.05; false; }; }
            do_until() {
              end=$((SECONDS + @patience))
              until [ "$(state "$1")" = "$2" ]; do late $end && { echo "$1 is not $2"; return; }; done
            }
            do_lines() {
              end=$((SECONDS + @patience))
              until [ $(wc -l <$log) -ge $1 ]; do late $end && break; done
              [ "$2" = sorted ] && sort -o $log $log
            }
            settle() {
              for unit; do
                end=$((SECONDS + @patience))
                while case $(state $unit) in activating*|deactivating*|reloading*) ;; *) false;; esac; do
                  late $end && break
                done
                case $(state $unit) in
                  inactive*|*active/active) echo "$unit $(state $unit)" ;;
                  *) [ ${unit##*.} = service ] || { echo "$unit $(state $unit) $(systemctl show -P Result $unit)"; continue; }
                     echo "$unit $(state $unit) $(systemctl show -P Result $unit) $(systemctl show -P NRestarts $unit)" ;;
                esac
              done
              cat $log
            }
            go() { while [ $(jobs -r | wc -l) -ge @atOnce ]; do wait -n; done; ( "$1" ) 2>/dev/null & }
            """;
}
