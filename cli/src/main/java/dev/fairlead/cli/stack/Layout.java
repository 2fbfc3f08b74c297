package dev.fairlead.cli.stack;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Which files make up a stack and what each of them is: what was found, before any of it is read in earnest.
///
/// @param location what names the stack
/// @param relocation where absolute paths lead
/// @param nginxMain the configuration nginx would be started with
/// @param nginxSites what belongs inside its `http` block, where there is no such configuration
/// @param others configurations of other programs, by kind
/// @param unitFolders folders of systemd units, the first counting most
/// @param unitFiles units outside such folders, each enabled by being named
/// @param jobs Upstart jobs, and folders of them laid out as `/etc/init` is
/// @param found one line for people about each thing that was found
/// @param problems what could not be told or is not there; the stack does not start with any
public record Layout(
        Path location,
        Relocation relocation,
        Optional<Path> nginxMain,
        List<Path> nginxSites,
        Map<FileKind, List<Path>> others,
        List<Path> unitFolders,
        List<Path> unitFiles,
        List<Path> jobs,
        List<String> found,
        List<String> problems) {

    public Layout {
        nginxSites = List.copyOf(nginxSites);
        others = Map.copyOf(others);
        unitFolders = List.copyOf(unitFolders);
        unitFiles = List.copyOf(unitFiles);
        jobs = List.copyOf(jobs);
        found = List.copyOf(found);
        problems = List.copyOf(problems);
    }

    /// One site that nobody has written down.
    public static Layout ofSite(Path location, Path site, String found, List<String> problems) {
        return new Layout(
                location,
                Relocation.NONE,
                Optional.empty(),
                List.of(site),
                Map.of(),
                List.of(),
                List.of(),
                List.of(),
                List.of(found),
                problems);
    }

    public boolean hasTraffic() {
        return hasNginx() || !others.isEmpty();
    }

    public boolean hasNginx() {
        return nginxMain.isPresent() || !nginxSites.isEmpty();
    }

    /// The programs whose configuration the stack runs itself.
    public List<String> programs() {
        List<String> programs = new ArrayList<>(hasNginx() ? List.of("nginx") : List.of());
        for (FileKind kind : List.of(FileKind.HAPROXY, FileKind.POUND, FileKind.STUNNEL)) {
            if (!others(kind).isEmpty()) {
                programs.add(kind.program());
            }
        }
        return programs;
    }

    /// The configurations of another program than nginx.
    public List<Path> others(FileKind kind) {
        return others.getOrDefault(kind, List.of());
    }

    public boolean hasUnits() {
        return !unitFolders.isEmpty() || !unitFiles.isEmpty() || !jobs.isEmpty();
    }

    /// Collects what a search comes upon.
    static final class Draft {
        private final Path location;
        private Optional<Path> root = Optional.empty();
        private final List<Path> mains = new ArrayList<>();
        private final List<Path> sites = new ArrayList<>();
        private final Map<FileKind, List<Path>> others = new EnumMap<>(FileKind.class);
        private final List<Path> unitFolders = new ArrayList<>();
        private final List<Path> unitFiles = new ArrayList<>();
        private final List<Path> jobs = new ArrayList<>();
        private final List<String> found = new ArrayList<>();
        private final List<String> problems = new ArrayList<>();

        Draft(Path location) {
            this.location = location;
        }

        void root(Path folder) {
            root = Optional.of(folder.toAbsolutePath().normalize());
        }

        void main(Path file) {
            mains.add(file);
            found.add("nginx    " + shown(file));
        }

        void site(Path file) {
            sites.add(file);
            found.add("nginx    " + shown(file) + "  (a site; nginx's defaults around it)");
        }

        /// @param program its name, at most eight letters
        void other(FileKind kind, String program, Path file) {
            others.computeIfAbsent(kind, none -> new ArrayList<>()).add(file);
            found.add((program + "         ").substring(0, 9) + shown(file));
        }

        void unitFolder(Path folder) {
            unitFolders.add(folder);
            found.add("systemd  " + shown(folder) + "/");
        }

        void unitFile(Path file) {
            unitFiles.add(file);
            found.add("systemd  " + shown(file));
        }

        void job(Path fileOrFolder) {
            if (!jobs.contains(fileOrFolder)) {
                jobs.add(fileOrFolder);
                found.add("upstart  " + shown(fileOrFolder) + (Files.isDirectory(fileOrFolder) ? "/" : ""));
            }
        }

        void problem(String text) {
            problems.add(text);
        }

        void note(String text) {
            found.add(text);
        }

        boolean hasRoot() {
            return root.isPresent();
        }

        String shown(Path path) {
            Path absolute = path.toAbsolutePath().normalize();
            return absolute.startsWith(location) && !absolute.equals(location)
                    ? location.relativize(absolute).toString()
                    : path.toString();
        }

        Layout finish() {
            if (mains.size() > 1) {
                problem("two nginx configurations, " + shown(mains.get(0)) + " and " + shown(mains.get(1))
                        + ": name the one to run with --nginx FILE");
            }
            if (mains.isEmpty()
                    && sites.isEmpty()
                    && others.isEmpty()
                    && unitFolders.isEmpty()
                    && unitFiles.isEmpty()
                    && jobs.isEmpty()
                    && problems.isEmpty()) {
                problem("nothing to run in " + location
                        + ": no nginx, HAProxy, Pound or stunnel configuration and no systemd units or Upstart jobs"
                        + " were found. Name a file with its dialect: --nginx FILE, --haproxy FILE, --pound FILE,"
                        + " --stunnel FILE, --systemd FILE or --upstart FILE");
            }
            return new Layout(
                    location,
                    new Relocation(root),
                    mains.stream().findFirst(),
                    mains.isEmpty() ? sites : List.of(),
                    others,
                    unitFolders,
                    unitFiles,
                    jobs,
                    found,
                    problems);
        }
    }
}
