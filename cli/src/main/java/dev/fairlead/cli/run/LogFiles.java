package dev.fairlead.cli.run;

import dev.fairlead.model.http.HttpListener;
import dev.fairlead.model.http.Location;
import dev.fairlead.model.http.Logging;
import dev.fairlead.model.http.VirtualHost;
import dev.fairlead.model.net.Address;
import dev.fairlead.model.net.Listener;
import dev.fairlead.model.plan.Plan;
import dev.fairlead.model.roster.CommandSocket;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.LinkedHashSet;
import java.util.Set;

/// The files a plan writes logs to, as far as their names are the same for every request.
public final class LogFiles {
    private final Set<Path> files = new LinkedHashSet<>();
    private final Set<Object> seen = Collections.newSetFromMap(new IdentityHashMap<>());

    private LogFiles() {}

    public static Set<Path> of(Plan plan) {
        LogFiles found = new LogFiles();
        plan.runtime().errorLogs().forEach(log -> found.add(log.target()));
        for (HttpListener listener : plan.http().listeners()) {
            listener.hosts().forEach(found::add);
        }
        plan.stream()
                .listeners()
                .forEach(listener -> listener.hosts()
                        .forEach(host -> found.add(host.settings().logging())));
        return found.files;
    }

    /// Logs, unix sockets and sockets for operators.
    public static Set<Path> written(Plan plan) {
        Set<Path> all = new LinkedHashSet<>(of(plan));
        plan.roster().boards().forEach(board -> all.add(Path.of(board.address().path())));
        for (Listener listener : plan.listeners()) {
            if (listener.address() instanceof Address.Unix unix) {
                all.add(Path.of(unix.path()));
            }
        }
        for (CommandSocket socket : plan.roster().sockets()) {
            if (socket.address() instanceof Address.Unix unix) {
                all.add(Path.of(unix.path()));
            }
        }
        return all;
    }

    /// Makes the folders that logs and sockets lie in, where they are missing below `root`: a folder that stands
    /// for `/` rarely brings its `var/log` and its `run` along.
    public static void makeFolders(Plan plan, Path root) throws IOException {
        for (Path file : written(plan)) {
            Path folder = file.getParent();
            if (folder != null && folder.startsWith(root)) {
                Files.createDirectories(folder);
            }
        }
    }

    private void add(VirtualHost host) {
        if (seen.add(host)) {
            add(host.settings().logging());
            host.locations().forEach(this::add);
        }
    }

    private void add(Location location) {
        add(location.settings().logging());
        location.nested().forEach(this::add);
    }

    /// Equal settings are shared by reference, so each is looked at once.
    private void add(Logging logging) {
        if (seen.add(logging)) {
            logging.access().forEach(log -> add(log.target()));
            logging.error().forEach(log -> add(log.target()));
        }
    }

    private void add(Logging.Target target) {
        if (target instanceof Logging.Target.File file && file.path().isConstant()) {
            files.add(Path.of(file.path().constantText()));
        }
    }
}
