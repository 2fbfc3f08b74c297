package dev.fairlead.dialect.systemd.install;

import dev.fairlead.dialect.systemd.install.Change.Reason;
import dev.fairlead.dialect.systemd.name.UnitName;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Makes and removes links, and keeps what was done.
final class Folder {
    private final UnitPath path;
    private final List<Change> changes;

    Folder(UnitPath path, List<Change> changes) {
        this.path = path;
        this.changes = changes;
    }

    /// Makes a link, unless there is one already that leads to the same place.
    ///
    /// @param target a file below the root, or `/dev/null`
    /// @param force whether another link of that name is replaced
    /// @return whether it is there now
    boolean link(Path link, Path target, boolean force) {
        String written = path.inside(target);
        try {
            Path parent = link.getParent();
            if (parent != null) {
                Files.createDirectories(parent);
            }
            try {
                Files.createSymbolicLink(link, Path.of(written));
            } catch (FileAlreadyExistsException exists) {
                return replace(link, written, force);
            }
            changes.add(new Change.Linked(link, written));
            return true;
        } catch (IOException refused) {
            changes.add(new Change.Failed(Reason.UNWRITABLE, link.toString(), String.valueOf(refused.getMessage())));
            return false;
        }
    }

    private boolean replace(Path link, String written, boolean force) throws IOException {
        if (!Files.isSymbolicLink(link)) {
            changes.add(new Change.Failed(Reason.EXISTS, link.toString(), ""));
            return false;
        }
        String present = Files.readSymbolicLink(link).toString();
        if (path.areSame(link, present, written)) {
            return true;
        }
        if (!force) {
            changes.add(new Change.Failed(Reason.EXISTS, link.toString(), present));
            return false;
        }
        Files.delete(link);
        Files.createSymbolicLink(link, Path.of(written));
        changes.add(new Change.Removed(link));
        changes.add(new Change.Linked(link, written));
        return true;
    }

    /// Removes a file or link, and the folders above it that are empty then.
    private void remove(Path file, Path upTo) {
        try {
            Files.delete(file);
        } catch (IOException refused) {
            changes.add(new Change.Failed(Reason.UNWRITABLE, file.toString(), String.valueOf(refused.getMessage())));
            return;
        }
        changes.add(new Change.Removed(file));
        for (Path folder = file.getParent();
                folder != null && folder.startsWith(upTo) && !folder.equals(upTo);
                folder = folder.getParent()) {
            try {
                Files.delete(folder);
            } catch (IOException notEmpty) {
                return;
            }
        }
    }

    void remove(Path file) {
        remove(file, file.getParent() == null ? file : file.getParent());
    }

    void removeTree(Path folder) throws IOException {
        Files.walkFileTree(folder, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                remove(file);
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult postVisitDirectory(
                    Path directory, java.io.@org.jspecify.annotations.Nullable IOException failure) {
                remove(directory);
                return FileVisitResult.CONTINUE;
            }
        });
    }

    /// Removes every link that bears one of these names, or leads to what bears one, in a folder and the folders
    /// in it; links to the removed ones as well.
    ///
    /// @param names of units; a template's name stands for all its instances
    void removeLinks(Path folder, Set<String> names) {
        Set<String> marked = new HashSet<>(names);
        if (marked.isEmpty()) {
            return;
        }
        int before;
        do {
            before = marked.size();
            removeOnce(folder, folder, marked);
        } while (marked.size() > before);
    }

    private void removeOnce(Path folder, Path top, Set<String> marked) {
        for (Path entry : Candidates.entries(folder)) {
            if (Files.isDirectory(entry, LinkOption.NOFOLLOW_LINKS)) {
                removeOnce(entry, top, marked);
            } else if (Files.isSymbolicLink(entry) && isMarked(entry, marked)) {
                remove(entry, top);
                marked.add(path.inside(entry));
            }
        }
    }

    private boolean isMarked(Path link, Set<String> marked) {
        String own = String.valueOf(link.getFileName());
        Optional<UnitName> name = UnitName.parse(own);
        if (name.isEmpty()) {
            return false;
        }
        Path target = destination(link);
        return marked.contains(own)
                || marked.contains(path.inside(target))
                || marked.contains(String.valueOf(target.getFileName()))
                || (name.get().isInstance()
                        && marked.contains(name.get().template().toString()));
    }

    /// Where a link ends, through further links.
    private Path destination(Path link) {
        Path at = link;
        for (int i = 0; i < 40 && Files.isSymbolicLink(at); i++) {
            try {
                at = path.outside(at, Files.readSymbolicLink(at).toString());
            } catch (IOException gone) {
                return at;
            }
        }
        return at;
    }
}
