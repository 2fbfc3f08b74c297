package dev.fairlead.engine.change;

import dev.fairlead.model.http.FileChanges;
import dev.fairlead.os.Errno;
import dev.fairlead.os.FileAccess;
import dev.fairlead.os.FileChange;
import java.util.Optional;

/// Does to files what requests ask for, and answers as nginx's module does. Waits for the disk; never called on an
/// event loop. Names are strings of bytes, without a slash at their end.
final class Changes {
    private static final int CREATED = 201;
    private static final int NO_CONTENT = 204;
    private static final int MISSING = 404;
    private static final int CONFLICT = 409;

    private Changes() {}

    /// @param from the file with the new content; it is gone afterwards, or of no use
    static Outcome put(String from, String to, FileChanges how) {
        FileAccess access = new FileAccess();
        boolean isNew = access.look(FileAccess.name(to)) < 0;
        if (!isNew && access.isFolder()) {
            return Outcome.refused(CONFLICT, "\"" + to + "\" could not be created (21: Is a directory)");
        }
        int outcome = FileChange.mode(from, how.fileMode());
        if (outcome >= 0) {
            outcome = how.makesFolders() ? move(from, to, how) : FileChange.move(from, to);
        }
        if (outcome < 0) {
            return Outcome.refused(
                    500, Outcome.failed(outcome, 500, "rename()", to).complaint());
        }
        return Outcome.done(isNew ? CREATED : NO_CONTENT);
    }

    /// With the folders above the new name that are not there.
    private static int move(String from, String to, FileChanges how) {
        int moved = FileChange.move(from, to);
        if (moved != -Errno.ENOENT) {
            return moved;
        }
        int made = FileChange.makeFoldersAbove(to, how.folderMode());
        return made < 0 ? made : FileChange.move(from, to);
    }

    /// @param asksForFolder whether the path ends with a slash
    /// @param isDeep whether the request means all that is in a folder
    /// @param isDepthGood whether it says what it may say of a file
    static Outcome delete(String name, boolean asksForFolder, boolean isDeep, boolean isDepthGood) {
        FileAccess access = new FileAccess();
        int looked = access.lookAtLink(FileAccess.name(asksForFolder ? name + "/" : name));
        if (looked < 0) {
            int status = looked == -Errno.ENOTDIR ? CONFLICT : MISSING;
            return Outcome.failed(looked, status, "DELETE", name);
        }
        if (!access.isFolder()) {
            return isDepthGood
                    ? removed(FileChange.unlink(name), name)
                    : Outcome.refused(400, "\"Depth\" header must be 0 or infinity");
        }
        if (!asksForFolder) {
            return Outcome.refused(CONFLICT, "DELETE \"" + name + "\" failed (21: Is a directory)");
        }
        return isDeep
                ? removed(FileChange.removeTree(access, name), name)
                : Outcome.refused(400, "\"Depth\" header must be infinity");
    }

    private static Outcome removed(int outcome, String name) {
        return outcome < 0 ? Outcome.failed(outcome, MISSING, "DELETE", name) : Outcome.done(NO_CONTENT);
    }

    static Outcome makeFolder(String name, FileChanges how) {
        int made = FileChange.makeFolder(name, how.folderMode());
        return made < 0 ? Outcome.failed(made, CONFLICT, "mkdir()", name) : Outcome.done(CREATED);
    }

    /// @param folders whether both paths end with a slash
    /// @param overwrites whether what is there may be replaced
    /// @param moving how folders are made for what is moved; empty where it is copied
    static Outcome transfer(String from, String to, boolean folders, boolean overwrites, Optional<FileChanges> moving) {
        FileAccess access = new FileAccess();
        int there = access.lookAtLink(FileAccess.name(folders ? to + "/" : to));
        boolean isThere = there >= 0;
        boolean isFolderThere = isThere && access.isFolder();
        if (!isThere && there != -Errno.ENOENT) {
            return Outcome.failed(there, MISSING, "stat()", to);
        }
        if (isFolderThere && !folders) {
            return Outcome.refused(CONFLICT, "\"" + to + "\" is a collection");
        }
        if (isThere && !overwrites) {
            return Outcome.refused(412, "\"" + to + "\" could not be created (17: File exists)");
        }
        int looked = access.lookAtLink(FileAccess.name(folders ? from + "/" : from));
        if (looked < 0) {
            return Outcome.failed(looked, MISSING, "stat()", from);
        }
        boolean isFolder = access.isFolder();
        if (isFolder && !folders) {
            return Outcome.refused(400, "\"" + from + "\" is a collection");
        }
        if (!isFolder) {
            return file(access, from, to, moving);
        }
        if (isWithin(to, from) || isWithin(from, to)) {
            return Outcome.refused(CONFLICT, "\"" + from + "\" and \"" + to + "\" lie in each other");
        }
        int cleared = isFolderThere ? FileChange.removeTree(access, to) : 0;
        return cleared < 0
                ? Outcome.failed(cleared, MISSING, "DELETE", to)
                : tree(access, from, to, moving.isPresent());
    }

    private static boolean isWithin(String inner, String outer) {
        return (inner + "/").startsWith(outer + "/");
    }

    private static Outcome file(FileAccess access, String from, String to, Optional<FileChanges> moving) {
        int mode = access.mode();
        int outcome = moving.map(how -> move(from, to, how)).orElseGet(() -> FileChange.copy(from, to, mode));
        String call = moving.isPresent() ? "rename()" : "copy";
        return outcome < 0
                ? Outcome.refused(500, Outcome.failed(outcome, 500, call, to).complaint())
                : Outcome.done(NO_CONTENT);
    }

    private static Outcome tree(FileAccess access, String from, String to, boolean moves) {
        if (moves && FileChange.rename(from, to) >= 0) {
            return Outcome.done(CREATED);
        }
        int outcome = FileChange.copyTree(access, from, to);
        if (outcome >= 0 && moves) {
            outcome = FileChange.removeTree(access, from);
        }
        return outcome < 0 ? Outcome.failed(outcome, MISSING, "copy", to) : Outcome.done(CREATED);
    }
}
