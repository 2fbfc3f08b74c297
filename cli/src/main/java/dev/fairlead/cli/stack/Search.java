package dev.fairlead.cli.stack;

import dev.fairlead.dialect.systemd.UnitFolder;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/// Finds out which files make up a stack. A folder is searched the way people lay folders out:
///
/// 1. with an `etc` folder in it, it is a production tree that takes the place of `/`: `etc/nginx/nginx.conf`,
/// or else `etc/nginx/conf.d` and `etc/nginx/sites-enabled`, `etc/systemd/system`, and `etc/init`;
/// 2. with an `nginx.conf`, a `conf.d` or a `sites-enabled` in it, it is a copy of `/etc/nginx`;
/// 3. else every file in it, and two levels below, is looked at.
///
/// A file that was named is taken for what its name and content say; if they say nothing, that is a problem.
public final class Search {
    private static final int DEPTH = 3;
    private static final long LARGEST_FILE = 1 << 20;
    private static final Set<String> SKIPPED = Set.of("node_modules", "target", "venv", "__pycache__", "build", "dist");
    private static final List<String> UNIT_FOLDERS = List.of(
            "etc/systemd/system",
            "run/systemd/system",
            "usr/local/lib/systemd/system",
            "usr/lib/systemd/system",
            "lib/systemd/system");

    private final Layout.Draft draft;

    private Search(Path location) {
        this.draft = new Layout.Draft(location);
    }

    public static Layout of(Sources sources) {
        Search search = new Search(sources.location());
        sources.root().ifPresent(search.draft::root);
        sources.named(FileKind.NGINX_MAIN).forEach(search::namedNginx);
        sources.named(FileKind.HAPROXY).forEach(path -> search.namedOther(FileKind.HAPROXY, path));
        sources.named(FileKind.POUND).forEach(path -> search.namedOther(FileKind.POUND, path));
        sources.named(FileKind.STUNNEL).forEach(path -> search.namedOther(FileKind.STUNNEL, path));
        sources.named(FileKind.SYSTEMD_UNIT).forEach(search::namedUnits);
        sources.named(FileKind.UPSTART).forEach(search::namedJobs);
        boolean nothingNamed = sources.named().values().stream().allMatch(List::isEmpty);
        List<Path> paths = sources.paths().isEmpty() && nothingNamed ? List.of(Path.of("")) : sources.paths();
        paths.forEach(search::named);
        return search.draft.finish();
    }

    private void named(Path path) {
        if (Files.isDirectory(path.toAbsolutePath())) {
            folder(path.toAbsolutePath().normalize());
        } else if (Files.isRegularFile(path)) {
            namedFile(path);
        } else {
            draft.problem(path + ": no such file or folder");
        }
    }

    private void namedNginx(Path path) {
        if (!Files.isRegularFile(path)) {
            draft.problem("--nginx " + path + ": no such file");
        } else if (kind(path) == FileKind.NGINX_SITE) {
            draft.site(path);
        } else {
            draft.main(path);
        }
    }

    private void namedOther(FileKind kind, Path path) {
        if (Files.isRegularFile(path)) {
            draft.other(kind, kind.program(), path);
        } else {
            draft.problem("--" + kind.program() + " " + path + ": no such file");
        }
    }

    private void namedUnits(Path path) {
        if (Files.isDirectory(path)) {
            draft.unitFolder(path);
        } else if (Files.isRegularFile(path)) {
            draft.unitFile(path);
        } else {
            draft.problem("--systemd " + path + ": no such file or folder");
        }
    }

    private void namedJobs(Path path) {
        if (Files.isDirectory(path) || Files.isRegularFile(path)) {
            draft.job(path);
        } else {
            draft.problem("--upstart " + path + ": no such file or folder");
        }
    }

    private void namedFile(Path file) {
        FileKind kind = kind(file);
        switch (kind) {
            case NGINX_MAIN -> draft.main(file);
            case NGINX_SITE -> draft.site(file);
            case SYSTEMD_UNIT -> draft.unitFile(file);
            case NGINX_SNIPPET ->
                draft.problem(file + " looks like " + kind.words() + ": nothing listens in it. If it is a whole"
                        + " configuration, say --nginx " + file);
            case HAPROXY, POUND, STUNNEL -> draft.other(kind, kind.program(), file);
            case UPSTART -> draft.job(file);
            case SYSTEMD_OTHER ->
                draft.problem(file + " looks like " + kind.words() + ", which this version does not run");
            case UNKNOWN ->
                draft.problem("cannot tell what " + file + " is: say --nginx " + file + ", --haproxy " + file
                        + ", --pound " + file + ", --stunnel " + file + ", --systemd " + file + " or --upstart "
                        + file);
        }
    }

    private void folder(Path folder) {
        if (Files.isDirectory(folder.resolve("etc"))) {
            productionTree(folder);
        } else if (isNginxFolder(folder)) {
            nginxFolder(folder);
            looseUnits(folder);
            children(folder).stream().filter(Search::isJob).forEach(draft::job);
            jobFolder(folder.resolve("init"));
        } else {
            looseFiles(folder);
        }
    }

    private void productionTree(Path folder) {
        if (!draft.hasRoot()) {
            draft.root(folder);
            draft.note("root     " + folder + "  (stands for / in every path below)");
        }
        Path nginx = folder.resolve("etc/nginx");
        if (Files.isDirectory(nginx)) {
            nginxFolder(nginx);
        }
        for (String units : UNIT_FOLDERS) {
            looseUnits(folder.resolve(units));
        }
        jobFolder(folder.resolve("etc/init"));
        Path haproxy = folder.resolve("etc/haproxy/haproxy.cfg");
        if (Files.isRegularFile(haproxy)) {
            draft.other(FileKind.HAPROXY, "haproxy", haproxy);
        }
        // Each file of the folder is a program of its own, as Debian starts them.
        for (Path file : children(folder.resolve("etc/stunnel"))) {
            if (file.toString().endsWith(".conf") && kind(file) == FileKind.STUNNEL) {
                draft.other(FileKind.STUNNEL, "stunnel", file);
            }
        }
        for (String name : List.of("etc/pound/pound.cfg", "etc/pound.cfg")) {
            if (Files.isRegularFile(folder.resolve(name))) {
                draft.other(FileKind.POUND, "pound", folder.resolve(name));
            }
        }
    }

    private static boolean isNginxFolder(Path folder) {
        return Files.isRegularFile(folder.resolve("nginx.conf"))
                || Files.isDirectory(folder.resolve("sites-enabled"))
                || Files.isDirectory(folder.resolve("conf.d"));
    }

    private void nginxFolder(Path folder) {
        Path main = folder.resolve("nginx.conf");
        if (Files.isRegularFile(main)) {
            if (kind(main) == FileKind.NGINX_SITE) {
                draft.site(main);
            } else {
                draft.main(main);
            }
            return;
        }
        for (Path file : children(folder.resolve("conf.d"))) {
            if (file.toString().endsWith(".conf") && Files.isRegularFile(file)) {
                draft.site(file);
            }
        }
        children(folder.resolve("sites-enabled")).stream()
                .filter(Files::isRegularFile)
                .forEach(draft::site);
    }

    private void looseFiles(Path folder) {
        List<Path> found = new ArrayList<>();
        collect(folder, DEPTH, found);
        for (Path file : found) {
            switch (kind(file)) {
                case NGINX_MAIN -> draft.main(file);
                case NGINX_SITE -> draft.site(file);
                case HAPROXY, POUND, STUNNEL ->
                    draft.other(kind(file), kind(file).program(), file);
                case SYSTEMD_OTHER ->
                    draft.note("skipped  " + draft.shown(file) + "  ("
                            + kind(file).words() + ", which this version does not run)");
                case UPSTART -> draft.job(file);
                case SYSTEMD_UNIT -> {}
                case NGINX_SNIPPET, UNKNOWN -> {
                    if (isInInit(file)) {
                        draft.job(file);
                    }
                }
            }
        }
        looseUnits(folder);
    }

    private void jobFolder(Path folder) {
        if (children(folder).stream().anyMatch(file -> file.toString().endsWith(".conf"))) {
            draft.job(folder);
        }
    }

    private static boolean isJob(Path file) {
        return file.toString().endsWith(".conf") && Files.isRegularFile(file) && kind(file) == FileKind.UPSTART;
    }

    /// Every `.conf` in a folder called `init` is a job, whatever it looks like.
    private static boolean isInInit(Path file) {
        Path folder = file.toAbsolutePath().getParent();
        return folder != null
                && file.toString().endsWith(".conf")
                && String.valueOf(folder.getFileName()).equals("init");
    }

    private void looseUnits(Path folder) {
        if (UnitFolder.hasUnits(folder)) {
            draft.unitFolder(folder);
        }
    }

    private static void collect(Path folder, int depth, List<Path> into) {
        for (Path child : children(folder)) {
            String name = String.valueOf(child.getFileName());
            if (Files.isDirectory(child)) {
                if (depth > 1 && !SKIPPED.contains(name)) {
                    collect(child, depth - 1, into);
                }
            } else if (Files.isRegularFile(child) && mayBeConfiguration(name)) {
                into.add(child);
            }
        }
    }

    private static boolean mayBeConfiguration(String name) {
        return name.endsWith(".conf")
                || name.endsWith(".cfg")
                || name.endsWith(".nginx")
                || name.endsWith(".socket")
                || name.endsWith(".timer");
    }

    /// In the order of their names, hidden ones left out.
    private static List<Path> children(Path folder) {
        try (Stream<Path> children = Files.list(folder)) {
            return children.filter(child -> !String.valueOf(child.getFileName()).startsWith("."))
                    .sorted()
                    .toList();
        } catch (IOException unreadable) {
            return List.of();
        }
    }

    private static FileKind kind(Path file) {
        String name = String.valueOf(file.getFileName());
        try {
            return Files.size(file) > LARGEST_FILE
                    ? FileKind.UNKNOWN
                    : FileKind.of(name, new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1));
        } catch (IOException unreadable) {
            return FileKind.UNKNOWN;
        }
    }
}
