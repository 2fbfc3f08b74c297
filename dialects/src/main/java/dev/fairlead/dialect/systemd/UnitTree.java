package dev.fairlead.dialect.systemd;

import dev.fairlead.dialect.FileSource;
import dev.fairlead.dialect.systemd.name.UnitName;
import dev.fairlead.dialect.systemd.name.UnitNames;
import dev.fairlead.source.Problems;
import dev.fairlead.source.SourceFile;
import dev.fairlead.source.Span;
import java.io.CharConversionException;
import java.io.IOException;
import java.nio.file.FileVisitOption;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/// What lies below a folder, as far as it concerns units: their files, drop-ins, aliases, masks and the links
/// that enable them. A link is known by its own name and place; where version control or an archive has made a
/// plain file of it, that file counts the same.
final class UnitTree {
    private static final int DEEPEST = 8;
    private static final Set<String> LEFT_OUT =
            Set.of("node_modules", "__pycache__", "venv", "site-packages", "target", "build", "dist");
    private static final Set<String> RUN_HERE = Set.of("service", "socket", "timer", "path", "target");
    /// Later kinds of unit, which are reported when they are found.
    private static final Set<String> NOT_YET = Set.of("mount", "automount", "swap", "slice");

    private final Problems problems;
    private final Map<String, Path> fragments = new TreeMap<>();
    private final Map<String, String> aliases = new HashMap<>();
    private final Map<String, Path> masked = new TreeMap<>();
    private final Map<String, List<Path>> dropIns = new HashMap<>();
    private final List<Link> links = new ArrayList<>();
    private final Map<Path, SourceFile> read = new HashMap<>();

    private UnitTree(Problems problems) {
        this.problems = problems;
    }

    /// A name in a `.wants/` or `.requires/` folder.
    ///
    /// @param owner the unit whose folder it is
    /// @param isRequired whether the folder is a `.requires/`
    record Link(UnitName owner, boolean isRequired, UnitName unit, Path path) {}

    static UnitTree scan(Path folder, Problems problems) {
        return scan(List.of(folder), problems);
    }

    /// What lies below these together: a link in one may enable a unit in another.
    static UnitTree scan(List<Path> folders, Problems problems) {
        UnitTree tree = new UnitTree(problems);
        List<Path> files = new ArrayList<>();
        folders.forEach(folder -> files.addAll(tree.files(folder)));
        files.sort(Comparator.comparingInt(UnitTree::rank).thenComparing(Comparator.naturalOrder()));
        files.forEach(tree::sort);
        tree.dropIns.values().forEach(list -> list.sort(Comparator.comparing(Path::getFileName)));
        return tree;
    }

    private List<Path> files(Path folder) {
        List<Path> files = new ArrayList<>();
        try {
            Files.walkFileTree(folder, EnumSet.noneOf(FileVisitOption.class), DEEPEST, new SimpleFileVisitor<>() {
                @Override
                public FileVisitResult preVisitDirectory(Path directory, BasicFileAttributes attributes) {
                    String name = String.valueOf(directory.getFileName());
                    boolean leftOut = LEFT_OUT.contains(name) || (name.startsWith(".") && !name.matches("\\.+"));
                    return leftOut && !directory.equals(folder)
                            ? FileVisitResult.SKIP_SUBTREE
                            : FileVisitResult.CONTINUE;
                }

                @Override
                public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                    if (!attributes.isDirectory()) {
                        files.add(file);
                    }
                    return FileVisitResult.CONTINUE;
                }

                @Override
                public FileVisitResult visitFileFailed(Path file, IOException failure) {
                    return FileVisitResult.CONTINUE;
                }
            });
        } catch (IOException unreadable) {
            problems.error(
                    "systemd.unreadable",
                    new SourceFile(folder.toString(), "").end(),
                    "cannot be read: " + unreadable.getMessage());
        }
        return files;
    }

    /// systemd's search path: what the administrator wrote comes before what a package brought.
    private static int rank(Path file) {
        String path = file.toString();
        if (path.contains("run/systemd/system/")) {
            return 1;
        }
        if (path.contains("usr/local/lib/systemd/system/")) {
            return 2;
        }
        return path.contains("lib/systemd/system/") ? 3 : 0;
    }

    private void sort(Path file) {
        String name = file.getFileName().toString();
        String folder =
                file.getParent() == null ? "" : String.valueOf(file.getParent().getFileName());
        if (folder.endsWith(".wants") || folder.endsWith(".requires")) {
            sortLink(file, name, folder);
        } else if (folder.endsWith(".d") && name.endsWith(".conf")) {
            sortDropIn(file, folder.substring(0, folder.length() - 2));
        } else {
            sortFragment(file, name);
        }
    }

    private void sortLink(Path file, String name, String folder) {
        boolean isRequired = folder.endsWith(".requires");
        Optional<UnitName> owner = UnitName.parse(folder.substring(0, folder.lastIndexOf('.')));
        if (owner.isEmpty()) {
            return;
        }
        Optional<UnitName> unit = UnitName.parse(name);
        if (unit.isPresent() && isOfKind(file, unit.get())) {
            links.add(new Link(owner.get(), isRequired, unit.get(), file));
        } else if (unit.isEmpty()) {
            problems.warning(
                    "systemd.invalid-unit-name",
                    linkText(file).span(0, 0),
                    "\"" + name + "\" is not a valid unit name, ignoring.",
                    UnitNames.hint(name));
        }
    }

    private void sortDropIn(Path file, String owner) {
        if (RUN_HERE.contains(owner) || UnitName.parse(owner).isPresent()) {
            dropIns.computeIfAbsent(owner, none -> new ArrayList<>()).add(file);
        }
    }

    private void sortFragment(Path file, String name) {
        Optional<UnitName> unit = UnitName.parse(name);
        if (unit.isEmpty()) {
            boolean looksLikeOne = RUN_HERE.stream().anyMatch(suffix -> name.endsWith("." + suffix));
            if (looksLikeOne) {
                problems.warning(
                        "systemd.invalid-unit-name",
                        linkText(file).span(0, 0),
                        "\"" + name + "\" is not a valid unit name, ignoring.",
                        UnitNames.hint(name));
            }
            return;
        }
        if (!isOfKind(file, unit.get())) {
            return;
        }
        if (fragments.containsKey(name) || aliases.containsKey(name) || masked.containsKey(name)) {
            return;
        }
        Optional<String> target = linkTarget(file);
        if (target.isPresent() && target.get().equals("/dev/null")) {
            masked.put(name, file);
        } else if (target.isPresent() && isOtherName(target.get(), unit.get())) {
            aliases.put(name, Path.of(target.get()).getFileName().toString());
        } else if (isEmpty(file)) {
            masked.put(name, file);
        } else {
            fragments.put(name, file);
        }
    }

    private static boolean isOtherName(String target, UnitName unit) {
        Path file = Path.of(target).getFileName();
        return file != null
                && !file.toString().equals(unit.toString())
                && UnitName.parse(file.toString()).isPresent();
    }

    private boolean isOfKind(Path file, UnitName unit) {
        if (RUN_HERE.contains(unit.suffix())) {
            return true;
        }
        if (NOT_YET.contains(unit.suffix())) {
            problems.warning(
                    "systemd.not-supported",
                    firstLine(file),
                    "." + unit.suffix() + " units are not supported yet; " + unit + " is left out",
                    "services, sockets, timers, paths and targets run");
        }
        return false;
    }

    private Span firstLine(Path file) {
        return linkTarget(file)
                .map(link -> linkText(file).span(0, 0))
                .or(() -> text(file).map(source -> {
                    int end = source.text().indexOf('\n');
                    return source.span(0, end < 0 ? source.text().length() : end);
                }))
                .orElseGet(() -> linkText(file).span(0, 0));
    }

    private static Optional<String> linkTarget(Path file) {
        try {
            return Files.isSymbolicLink(file)
                    ? Optional.of(Files.readSymbolicLink(file).toString())
                    : Optional.empty();
        } catch (IOException unreadable) {
            return Optional.empty();
        }
    }

    private static boolean isEmpty(Path file) {
        try {
            return Files.size(file) == 0;
        } catch (IOException unreadable) {
            return false;
        }
    }

    /// A link as a source, for messages about it.
    SourceFile linkText(Path file) {
        return new SourceFile(
                file.toString(), linkTarget(file).map(target -> "-> " + target).orElse(""));
    }

    /// The file's text; empty and reported if it cannot be read.
    Optional<SourceFile> text(Path file) {
        SourceFile known = read.get(file);
        if (known != null) {
            return Optional.of(known);
        }
        try {
            SourceFile source =
                    new SourceFile(file.toString(), FileSource.disk().read(file));
            read.put(file, source);
            return Optional.of(source);
        } catch (CharConversionException binary) {
            problems.error("systemd.unreadable", linkText(file).span(0, 0), "cannot be read: " + binary.getMessage());
            return Optional.empty();
        } catch (IOException unreadable) {
            problems.error(
                    "systemd.unreadable",
                    linkText(file).span(0, 0),
                    "cannot be read: " + unreadable.getClass().getSimpleName());
            return Optional.empty();
        }
    }

    /// The name a unit goes by, where this one is an alias.
    UnitName resolved(UnitName name) {
        String target = aliases.get(name.toString());
        if (target == null && name.isInstance()) {
            target = aliases.get(name.template().toString());
        }
        return target == null
                ? name
                : UnitName.parse(target)
                        .map(unit -> unit.isTemplate() && name.isInstance() ? unit.withInstance(name.instance()) : unit)
                        .orElse(name);
    }

    /// The file that defines a unit: its own, or that of its template.
    Optional<Path> fragment(UnitName name) {
        Path own = fragments.get(name.toString());
        return own != null
                ? Optional.of(own)
                : Optional.ofNullable(fragments.get(name.template().toString()));
    }

    boolean isMasked(UnitName name) {
        return masked.containsKey(name.toString())
                || masked.containsKey(name.template().toString());
    }

    /// The drop-ins of a unit in the order in which they apply: by file name, a more particular folder hiding the
    /// same file name in a more general one.
    List<Path> dropIns(UnitName name) {
        Map<String, Path> byName = new TreeMap<>();
        for (String owner : dropInOwners(name)) {
            for (Path file : dropIns.getOrDefault(owner, List.of())) {
                byName.putIfAbsent(file.getFileName().toString(), file);
            }
        }
        return List.copyOf(byName.values());
    }

    private static List<String> dropInOwners(UnitName name) {
        Map<String, Boolean> owners = new LinkedHashMap<>();
        owners.put(name.toString(), true);
        owners.put(name.template().toString(), true);
        for (int dash = name.prefix().lastIndexOf('-');
                dash > 0;
                dash = name.prefix().lastIndexOf('-', dash - 1)) {
            owners.put(name.prefix().substring(0, dash + 1) + "." + name.suffix(), true);
        }
        owners.put(name.suffix(), true);
        return List.copyOf(owners.keySet());
    }

    List<Link> links() {
        return links;
    }

    /// Units that have a file here, templates among them.
    List<UnitName> names() {
        return fragments.keySet().stream()
                .flatMap(name -> UnitName.parse(name).stream())
                .toList();
    }

    boolean isEmpty() {
        return fragments.isEmpty() && links.isEmpty();
    }
}
