package dev.fairlead.engine.handler;

import dev.fairlead.os.FileAccess;
import io.netty.buffer.ByteBuf;
import org.jspecify.annotations.Nullable;

/// What is known of one file name on one event loop: whether it is there, what it is, and perhaps its content
/// or the open file. Kept and renewed by a [FileTable].
final class FileEntry {
    /// What a name stands for.
    enum Kind {
        FILE,
        FOLDER,
        OTHER,
        MISSING
    }

    final String folder;
    final String rest;
    final int hash;
    final byte[] name;

    @Nullable
    FileEntry chained;

    @Nullable
    FileEntry newer;

    @Nullable
    FileEntry older;

    Kind kind = Kind.MISSING;
    int errno;
    long size;
    long modifiedSeconds;
    long modifiedNanos;
    long changedNanos;
    long inode;
    long device;
    long checked;
    long asked;
    long used;
    int uses;
    boolean isListed;
    boolean isSettled;
    boolean isYoung;

    private final ContentBudget budget;
    private @Nullable ByteBuf content;
    private @Nullable HeldFile open;
    private String etag = "";
    private @Nullable Object typedBy;
    private String typedFor = "";
    private String contentType = "";

    FileEntry(String folder, String rest, int hash, ContentBudget budget) {
        this.budget = budget;
        this.folder = folder;
        this.rest = rest;
        this.hash = hash;
        this.name = FileAccess.name(folder.concat(rest));
    }

    /// Whether this is about the name that a folder and the end of a path make.
    ///
    /// @param from where in the path that end begins
    boolean isAt(String inFolder, String path, int from) {
        return rest.length() == path.length() - from && path.startsWith(rest, from) && folder.equals(inFolder);
    }

    String nameText() {
        return folder.concat(rest);
    }

    /// Takes over what the kernel said; forgets content and file if it is another than before.
    void learn(FileAccess facts) {
        boolean same = kind != Kind.MISSING
                && modifiedNanos == facts.modifiedNanos()
                && changedNanos == facts.changedNanos()
                && size == facts.size()
                && inode == facts.inode()
                && device == facts.device();
        if (same) {
            return;
        }
        drop();
        kind = facts.isFile() ? Kind.FILE : facts.isFolder() ? Kind.FOLDER : Kind.OTHER;
        errno = 0;
        size = facts.size();
        modifiedSeconds = facts.modifiedSeconds();
        modifiedNanos = facts.modifiedNanos();
        changedNanos = facts.changedNanos();
        inode = facts.inode();
        device = facts.device();
        etag = "";
    }

    void learnMissing(int reason) {
        drop();
        kind = Kind.MISSING;
        errno = reason;
    }

    /// Time and size in hexadecimal, in quotes.
    String etag() {
        String text = etag;
        if (text.isEmpty()) {
            text = '"' + Long.toHexString(modifiedSeconds) + '-' + Long.toHexString(size) + '"';
            etag = text;
        }
        return text;
    }

    /// The content type that the handler found for that path, if it is known here.
    @SuppressWarnings("ReferenceEquality") // handlers are themselves
    @Nullable
    String contentType(Object handler, String path) {
        return typedBy == handler && typedFor.equals(path) ? contentType : null;
    }

    void contentType(Object handler, String path, String type) {
        typedBy = handler;
        typedFor = path;
        contentType = type;
    }

    @Nullable
    ByteBuf content() {
        return content;
    }

    /// @param bytes owned by the entry; counted in the budget already
    void content(ByteBuf bytes) {
        content = bytes;
    }

    @Nullable
    HeldFile open() {
        return open;
    }

    /// @param file a reference to it belongs to the entry
    void open(HeldFile file) {
        open = file;
    }

    /// Lets go of content and file; those being sent stay until that is done.
    void drop() {
        isSettled = false;
        isYoung = false;
        ByteBuf bytes = content;
        if (bytes != null) {
            content = null;
            budget.give(bytes.capacity());
            bytes.release();
        }
        HeldFile file = open;
        if (file != null) {
            open = null;
            file.release();
        }
    }
}
