package dev.fairlead.process.supervisor;

import dev.fairlead.model.service.Watched;
import dev.fairlead.os.Inotify;
import dev.fairlead.os.MasterLoop;
import dev.fairlead.os.OsException;
import dev.fairlead.process.baton.Baton;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/// Looks after the paths of one unit: says whether what is waited for is there, and when something happens to
/// them. A path that is not there is watched for in the nearest folder above it that is.
final class PathWatch {
    private static final int COMING = Inotify.CREATE | Inotify.MOVED_TO | Inotify.DELETE_SELF | Inotify.MOVE_SELF;
    private static final int GOING = Inotify.DELETE_SELF | Inotify.MOVE_SELF | Inotify.ATTRIBUTES;
    private static final int CHANGE =
            GOING | Inotify.CLOSE_WRITE | Inotify.CREATE | Inotify.DELETE | Inotify.MOVED_FROM | Inotify.MOVED_TO;

    private final MasterLoop loop;
    private final Consumer<Boolean> whenHappened;
    private final Map<Watched, Boolean> wasThere = new HashMap<>();
    private final Set<Integer> changes = new HashSet<>();
    private List<Watched> watched = List.of();
    private Optional<Inotify> inotify = Optional.empty();

    /// @param whenHappened is told whether what happened is itself a change that was waited for
    PathWatch(MasterLoop loop, Consumer<Boolean> whenHappened) {
        this.loop = loop;
        this.whenHappened = whenHappened;
    }

    /// What it looks after from now on.
    void watches(List<Watched> paths) {
        stop();
        wasThere.clear();
        watched = paths;
    }

    /// Begins to watch what is there now, anew if it does already.
    void start() throws OsException {
        stop();
        Inotify opened = Inotify.open();
        inotify = Optional.of(opened);
        for (Watched one : watched) {
            watch(opened, one);
        }
        loop.watch(opened.descriptor(), () -> read(opened));
    }

    void stop() {
        inotify.ifPresent(open -> {
            loop.unwatch(open.descriptor());
            open.close();
        });
        inotify = Optional.empty();
        changes.clear();
    }

    /// What the watched paths look like: with that the next program notices what happens until it watches.
    void save(Baton part) {
        for (Watched one : watched) {
            part.add("watched")
                    .put("path", one.path())
                    .put("kind", one.kind().name())
                    .put("was-there", Boolean.TRUE.equals(wasThere.get(one)))
                    .put("looks", looks(one));
        }
    }

    /// To be called behind [#watches].
    ///
    /// @return whether something was changed meanwhile whose change is waited for
    boolean resume(Baton part) {
        boolean hasChanged = false;
        for (Baton then : part.parts("watched")) {
            for (Watched one : watched) {
                boolean isSame = one.path().equals(then.text("path", ""))
                        && one.kind().name().equals(then.text("kind", ""));
                if (isSame) {
                    wasThere.put(one, then.is("was-there"));
                    hasChanged |= !one.isState() && !looks(one).equals(then.text("looks", ""));
                }
            }
        }
        return hasChanged;
    }

    /// When it was changed last, and how large it is.
    private static String looks(Watched one) {
        try {
            Path path = Path.of(one.path());
            return one.isState() || !exists(path) ? "" : Files.getLastModifiedTime(path) + " " + Files.size(path);
        } catch (IOException gone) {
            return "";
        }
    }

    private void read(Inotify open) {
        Set<Integer> happened = open.read();
        if (!happened.isEmpty()) {
            whenHappened.accept(happened.stream().anyMatch(changes::contains));
        }
    }

    private void watch(Inotify open, Watched one) throws OsException {
        Path path = one.kind() == Watched.Kind.EXISTS_MATCHING ? fixedPart(one.path()) : Path.of(one.path());
        int events = switch (one.kind()) {
            case EXISTS, EXISTS_MATCHING -> GOING | COMING;
            case CHANGED -> CHANGE;
            case MODIFIED -> CHANGE | Inotify.MODIFY;
            case FOLDER_NOT_EMPTY -> GOING | Inotify.CREATE | Inotify.MOVED_TO;
        };
        if (exists(path)) {
            int number = open.watch(path.toString(), events);
            if (!one.isState()) {
                changes.add(number);
            }
            return;
        }
        Path above = path.getParent();
        while (above != null && !Files.isDirectory(above)) {
            above = above.getParent();
        }
        open.watch(above == null ? "/" : above.toString(), COMING);
    }

    /// The folder in which the first part lies that is a pattern.
    private static Path fixedPart(String pattern) {
        int wild = 0;
        while (wild < pattern.length() && "*?[".indexOf(pattern.charAt(wild)) < 0) {
            wild++;
        }
        int slash = wild == pattern.length() ? wild : pattern.lastIndexOf('/', wild);
        return Path.of(slash <= 0 ? "/" : pattern.substring(0, slash));
    }

    /// Whether there is anything that is waited for.
    ///
    /// @param isFirst whether this is the first look, when nothing can have changed
    /// @param isAfterUnit whether the started unit has just ended: what it made and removed does not count
    boolean isThere(boolean isFirst, boolean isAfterUnit) {
        boolean isAny = false;
        for (Watched one : watched) {
            isAny |= isThere(one, isFirst || isAfterUnit);
        }
        return isAny;
    }

    private boolean isThere(Watched one, boolean isNoChange) {
        return switch (one.kind()) {
            case EXISTS -> exists(Path.of(one.path()));
            case EXISTS_MATCHING -> isMatched(fixedPart(one.path()), one.path());
            case FOLDER_NOT_EMPTY -> isFilled(Path.of(one.path()));
            case CHANGED, MODIFIED -> {
                boolean isNow = exists(Path.of(one.path()));
                Boolean before = wasThere.put(one, isNow);
                yield !isNoChange && before != null && before != isNow;
            }
        };
    }

    private static boolean exists(Path path) {
        return Files.exists(path, LinkOption.NOFOLLOW_LINKS) && Files.exists(path);
    }

    private static boolean isFilled(Path folder) {
        try (DirectoryStream<Path> names = Files.newDirectoryStream(folder)) {
            return names.iterator().hasNext();
        } catch (IOException notThere) {
            return false;
        }
    }

    /// Goes down only where the pattern does.
    private static boolean isMatched(Path folder, String pattern) {
        PathMatcher whole = FileSystems.getDefault().getPathMatcher("glob:" + pattern);
        int depth = Path.of(pattern).getNameCount();
        return isMatched(folder, whole, Path.of(pattern), depth);
    }

    private static boolean isMatched(Path folder, PathMatcher whole, Path pattern, int depth) {
        if (folder.getNameCount() >= depth) {
            return whole.matches(folder) && exists(folder);
        }
        PathMatcher next = FileSystems.getDefault().getPathMatcher("glob:" + pattern.getName(folder.getNameCount()));
        try (DirectoryStream<Path> names = Files.newDirectoryStream(folder)) {
            for (Path path : names) {
                boolean isHidden = path.getFileName().toString().startsWith(".")
                        && !pattern.getName(folder.getNameCount()).toString().startsWith(".");
                if (!isHidden && next.matches(path.getFileName()) && isMatched(path, whole, pattern, depth)) {
                    return true;
                }
            }
        } catch (IOException notAFolder) {
            return false;
        }
        return false;
    }
}
