package dev.fairlead.dialect.systemd.install;

import dev.fairlead.dialect.systemd.InstallSection;
import dev.fairlead.dialect.systemd.name.UnitName;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/// The units of one operation: those that were named and those they name in `Also=`, found in the folders of
/// units and followed through links.
final class Candidates {
    private static final int MOST_LINKS = 64;

    final UnitPath path;
    private final Map<String, Candidate> waiting = new LinkedHashMap<>();
    private final Map<String, Candidate> done = new LinkedHashMap<>();

    Candidates(UnitPath path) {
        this.path = path;
    }

    /// Whether links in the configuration are followed.
    enum Following {
        ALL_LINKS,
        NO_CONFIGURED
    }

    /// The next unit to be worked on, which is taken.
    Optional<Candidate> poll() {
        Optional<Candidate> first = waiting.values().stream().findFirst();
        first.ifPresent(next -> {
            waiting.remove(next.name.toString());
            done.put(next.name.toString(), next);
        });
        return first;
    }

    boolean contains(String name) {
        return waiting.containsKey(name) || done.containsKey(name);
    }

    Candidate add(UnitName name, Optional<Path> file, boolean isAlongside) {
        Candidate known = waiting.getOrDefault(name.toString(), done.get(name.toString()));
        return known != null
                ? known
                : waiting.computeIfAbsent(name.toString(), none -> new Candidate(name, file, isAlongside));
    }

    /// Finds a unit by its name, or by the absolute path of its file as it would be written inside the root.
    Candidate discover(String nameOrPath, Following following) throws InstallFault {
        return follow(named(nameOrPath), following);
    }

    /// As [#discover], for a unit that is to be enabled: not if it is masked or made up for the moment.
    Candidate usable(String nameOrPath, Following following) throws InstallFault {
        Candidate found = discover(nameOrPath, following);
        check(found);
        return found;
    }

    void check(Candidate found) throws InstallFault {
        if (found.kind == Candidate.Kind.MASKED) {
            throw new InstallFault(InstallFault.Cause.MASKED);
        }
        if (path.isMadeUp(found.path())) {
            throw new InstallFault(InstallFault.Cause.TRANSIENT);
        }
    }

    Candidate named(String nameOrPath) throws InstallFault {
        String last = nameOrPath.substring(nameOrPath.lastIndexOf('/') + 1);
        UnitName name = UnitName.parse(last).orElseThrow(() -> new InstallFault(InstallFault.Cause.INVALID));
        Optional<Path> file = nameOrPath.startsWith("/")
                ? Optional.of(path.root().resolve(nameOrPath.substring(1)).normalize())
                : Optional.empty();
        return add(name, file, false);
    }

    /// Goes from a link to what it stands for.
    Candidate follow(Candidate start, Following following) throws InstallFault {
        search(start);
        Candidate at = start;
        for (int i = 0; at.kind == Candidate.Kind.ALIAS || at.kind == Candidate.Kind.LINKED; i++) {
            Path parent = at.path().getParent();
            if (i >= MOST_LINKS
                    || (following == Following.NO_CONFIGURED && parent != null && path.isConfiguration(parent))) {
                throw new InstallFault(InstallFault.Cause.LOOP);
            }
            if (at.kind == Candidate.Kind.LINKED) {
                at.file = Optional.of(path.outside(at.path(), at.target));
                at.kind = Candidate.Kind.UNKNOWN;
                load(at, at.path());
            } else {
                at = other(at);
            }
        }
        return at;
    }

    private Candidate other(Candidate alias) throws InstallFault {
        UnitName target = UnitName.parse(alias.target).orElseThrow(() -> new InstallFault(InstallFault.Cause.INVALID));
        UnitName real =
                alias.name.isInstance() && target.isTemplate() ? target.withInstance(alias.name.instance()) : target;
        if (real.equals(alias.name)) {
            if (target.isTemplate() && !alias.name.isTemplate()) {
                // The link of an instance to its own template is honoured as it is.
                alias.file = Optional.of(path.outside(alias.path(), linkTarget(alias.path())));
                alias.kind = Candidate.Kind.UNKNOWN;
                load(alias, alias.path());
                return alias;
            }
            throw new InstallFault(InstallFault.Cause.LOOP);
        }
        Candidate other = add(real, Optional.empty(), false);
        try {
            search(other);
        } catch (InstallFault fault) {
            throw fault.reason() == InstallFault.Cause.MISSING ? new InstallFault(InstallFault.Cause.DANGLING) : fault;
        }
        return other;
    }

    private static String linkTarget(Path link) throws InstallFault {
        try {
            return Files.readSymbolicLink(link).toString();
        } catch (IOException unreadable) {
            throw new InstallFault(InstallFault.Cause.UNREADABLE);
        }
    }

    void search(Candidate wanted) throws InstallFault {
        if (wanted.kind != Candidate.Kind.UNKNOWN) {
            return;
        }
        if (wanted.file.isPresent()) {
            load(wanted, wanted.path());
            return;
        }
        Optional<Path> file = file(wanted.name.toString());
        if (file.isEmpty() && wanted.name.isInstance()) {
            file = file(wanted.name.template().toString());
        }
        wanted.file = Optional.of(file.orElseThrow(() -> new InstallFault(InstallFault.Cause.MISSING)));
        load(wanted, wanted.path());
        if (wanted.kind == Candidate.Kind.REGULAR || wanted.kind == Candidate.Kind.LINKED) {
            loadDropIns(wanted);
        }
    }

    /// The first file or link of that name.
    Optional<Path> file(String name) {
        return path.folders().stream()
                .map(folder -> folder.resolve(name))
                .filter(file -> Files.exists(file, LinkOption.NOFOLLOW_LINKS))
                .findFirst();
    }

    private void load(Candidate wanted, Path file) throws InstallFault {
        if (Files.isSymbolicLink(file)) {
            readLink(wanted, file);
            return;
        }
        if (!Files.exists(file)) {
            throw new InstallFault(InstallFault.Cause.MISSING);
        }
        if (!Files.isRegularFile(file)) {
            throw new InstallFault(InstallFault.Cause.INVALID);
        }
        if (isEmpty(file)) {
            wanted.kind = Candidate.Kind.MASKED;
            return;
        }
        wanted.kind = Candidate.Kind.REGULAR;
        read(wanted, file);
    }

    static boolean isEmpty(Path file) {
        try {
            return Files.size(file) == 0;
        } catch (IOException unreadable) {
            return false;
        }
    }

    private void readLink(Candidate wanted, Path link) throws InstallFault {
        String written = linkTarget(link);
        Path target = path.outside(link, written);
        if (written.equals("/dev/null") || (Files.isRegularFile(target) && isEmpty(target))) {
            wanted.kind = Candidate.Kind.MASKED;
        } else if (path.holds(target)) {
            wanted.kind = Candidate.Kind.ALIAS;
            wanted.target = String.valueOf(target.getFileName());
        } else {
            wanted.kind = Candidate.Kind.LINKED;
            wanted.target = written;
        }
    }

    private void read(Candidate wanted, Path file) throws InstallFault {
        try {
            wanted.section = wanted.section.with(wanted.name, file);
        } catch (IOException unreadable) {
            throw new InstallFault(InstallFault.Cause.UNREADABLE);
        }
        for (String also : wanted.section.also()) {
            Optional<UnitName> name =
                    InstallSection.expand(also, wanted.name, file).flatMap(UnitName::parse);
            name.ifPresent(unit -> add(unit, Optional.empty(), true));
        }
    }

    private void loadDropIns(Candidate wanted) throws InstallFault {
        for (Path dropIn : dropIns(wanted.name)) {
            read(wanted, dropIn);
        }
    }

    /// The drop-ins of a unit, in the order in which they apply.
    List<Path> dropIns(UnitName name) {
        Map<String, Path> byName = new TreeMap<>();
        List<String> owners = new ArrayList<>(List.of(name + ".d"));
        if (name.isInstance()) {
            owners.add(name.template() + ".d");
        }
        for (String owner : owners) {
            for (Path folder : path.folders()) {
                entries(folder.resolve(owner)).stream()
                        .filter(file -> file.toString().endsWith(".conf"))
                        .forEach(file -> byName.putIfAbsent(String.valueOf(file.getFileName()), file));
            }
        }
        return List.copyOf(byName.values());
    }

    /// What lies in a folder, by name; nothing if there is none.
    static List<Path> entries(Path folder) {
        try (Stream<Path> files = Files.list(folder)) {
            return files.sorted().toList();
        } catch (IOException absent) {
            return List.of();
        }
    }
}
