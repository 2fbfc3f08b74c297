package dev.fairlead.engine.handler;

import dev.fairlead.engine.handler.FileEntry.Kind;
import dev.fairlead.engine.net.Arrivals;
import dev.fairlead.model.http.FileServing;
import dev.fairlead.model.http.FileServing.Symlinks;
import dev.fairlead.os.Descriptors;
import dev.fairlead.os.Errno;
import dev.fairlead.os.FileAccess;
import dev.fairlead.os.LinkGuard;
import dev.fairlead.time.Clock;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.PooledByteBufAllocator;
import io.netty.buffer.Unpooled;
import java.io.IOException;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// The files one event loop knows, by name, the least recently used dropped first.
///
/// Without rules for remembering files (`maxEntries` 0), every look asks the kernel, and content in memory is
/// only used while time, size and identity of the file are the same: a changed file is served changed at once.
/// Only for requests that had arrived by then the kernel is not asked again: none of them can have been sent
/// because of a change since. In a linked stack these are many, since one part of it reads from all connections
/// before the next handles what they said.
/// With them, an entry is believed for as long as they say.
final class FileTable {
    private static final int ENTRIES_WITHOUT_RULES = 4096;
    private static final int MOST_BUCKETS = 1 << 16;
    /// A file changed again within a tick of the kernel's clock looks the same. Content is read again the next
    /// time the file is looked at unless its last change was longer ago than this, in nanoseconds.
    private static final long TICK = 50_000_000L;

    private final FileServing.Cache rules;
    private final ContentBudget budget;
    private final FileAccess access = new FileAccess();
    private final @Nullable LinkGuard guard;
    private final int limit;
    private final boolean remembers;
    private final long valid;
    private final long inactive;
    private final @Nullable FileEntry[] buckets;
    private final Arrivals arrivals = Arrivals.here();
    private int size;
    private @Nullable FileEntry newest;
    private @Nullable FileEntry oldest;

    FileTable(FileServing.Cache rules, Symlinks symlinks, ContentBudget budget) {
        this.rules = rules;
        this.budget = budget;
        this.guard = switch (symlinks) {
            case ALLOWED -> null;
            case REFUSED -> new LinkGuard(access, false);
            case REFUSED_IF_NOT_OWNER -> new LinkGuard(access, true);
        };
        this.remembers = rules.maxEntries() > 0;
        this.limit = remembers ? rules.maxEntries() : ENTRIES_WITHOUT_RULES;
        this.buckets = new FileEntry[Math.min(MOST_BUCKETS, Math.max(16, Integer.highestOneBit(limit)))];
        this.valid = rules.valid().toNanos();
        this.inactive = rules.inactive().toNanos();
    }

    FileAccess access() {
        return access;
    }

    /// What stands at that name now, as far as the rules allow without asking. The entry is good until the next
    /// look.
    FileEntry look(String folder, String rest, Clock clock) {
        return look(folder, rest, 0, clock);
    }

    /// The same for a name that the folder and the end of a path make.
    ///
    /// @param from where in the path that end begins
    FileEntry look(String folder, String path, int from, Clock clock) {
        int hash = folder.hashCode() * 31 + hash(path, from);
        FileEntry entry = find(folder, path, from, hash);
        long now = remembers ? clock.monotonicNanos() : 0;
        if (entry == null) {
            return lookAnew(new FileEntry(folder, path.substring(from), hash, budget), now);
        }
        touch(entry);
        if (remembers) {
            if (now - entry.used > inactive) {
                entry.uses = 0;
            }
            entry.used = now;
            if (entry.uses++ >= rules.minUses() && now - entry.checked < valid) {
                return entry;
            }
        } else if (entry.asked == arrivals.count() && entry.kind == Kind.FILE && !entry.isYoung) {
            return entry;
        }
        ask(entry, now);
        if (entry.kind == Kind.MISSING && !remembersMissing()) {
            remove(entry);
        }
        return entry;
    }

    private FileEntry lookAnew(FileEntry entry, long now) {
        entry.used = now;
        entry.uses = 1;
        ask(entry, now);
        if (entry.kind != Kind.MISSING || remembersMissing()) {
            add(entry);
        }
        return entry;
    }

    private boolean remembersMissing() {
        return remembers && rules.errors();
    }

    private void ask(FileEntry entry, long now) {
        if (entry.isYoung) {
            entry.drop();
        }
        int outcome = guard == null ? access.look(entry.name) : lookGuarded(guard, entry.name);
        if (outcome < 0) {
            entry.learnMissing(-outcome);
        } else {
            entry.learn(access);
        }
        entry.checked = now;
        entry.asked = arrivals.count();
    }

    private int lookGuarded(LinkGuard links, byte[] name) {
        int descriptor = links.openToLook(name);
        if (descriptor < 0) {
            return descriptor;
        }
        int outcome = access.look(descriptor);
        Descriptors.close(descriptor);
        return outcome;
    }

    /// Sees to it that a file's entry has its content, or is open if it is large.
    ///
    /// @return zero, or a negative error number
    int open(FileEntry entry) {
        if (entry.content() != null || entry.open() != null) {
            return 0;
        }
        int descriptor = guard == null ? access.open(entry.name) : guard.open(entry.name);
        if (descriptor < 0) {
            return descriptor;
        }
        int outcome = access.look(descriptor);
        if (outcome < 0) {
            Descriptors.close(descriptor);
            return outcome;
        }
        entry.learn(access);
        if (entry.kind == Kind.FILE && entry.size > ContentBudget.LARGEST_FILE) {
            return hold(entry, descriptor);
        }
        if (entry.kind == Kind.FILE) {
            outcome = load(entry, descriptor);
        }
        Descriptors.close(descriptor);
        return outcome;
    }

    private static int hold(FileEntry entry, int descriptor) {
        try {
            entry.open(HeldFile.of(descriptor, entry.size));
            return 0;
        } catch (IOException failed) {
            return -Errno.EACCES;
        }
    }

    private int load(FileEntry entry, int descriptor) {
        int length = (int) entry.size;
        if (length == 0) {
            entry.content(Unpooled.EMPTY_BUFFER);
            return 0;
        }
        // From the pool, because what it hands out to be sent comes from there, too: no garbage for each response.
        ByteBuf bytes = PooledByteBufAllocator.DEFAULT.directBuffer(length, length);
        while (bytes.isWritable()) {
            int count = access.read(
                    descriptor, bytes.nioBuffer(bytes.writerIndex(), bytes.writableBytes()), bytes.writerIndex());
            if (count <= 0) {
                bytes.release();
                return count < 0 ? count : -Errno.EIO;
            }
            bytes.writerIndex(bytes.writerIndex() + count);
        }
        makeRoom(length);
        entry.content(bytes);
        return 0;
    }

    /// Takes the bytes from the budget; drops what was not used for longest until there is enough, or nothing
    /// left.
    private void makeRoom(int length) {
        FileEntry candidate = oldest;
        while (!budget.take(length)) {
            if (candidate == null) {
                budget.give(-length);
                return;
            }
            candidate.drop();
            candidate = candidate.newer;
        }
    }

    /// After use: lets go of what must not be kept.
    void settle(FileEntry entry, Clock clock) {
        if (entry.isSettled) {
            return;
        }
        boolean recent = clock.wallMillis() * 1_000_000L - entry.changedNanos < TICK;
        boolean keeps = entry.open() == null ? budget.left() >= 0 : remembers;
        if (keeps && entry.isListed) {
            entry.isSettled = true;
            entry.isYoung = recent;
        } else {
            entry.drop();
        }
    }

    void clear() {
        for (FileEntry entry = newest; entry != null; entry = entry.older) {
            entry.drop();
        }
        Arrays.fill(buckets, null);
        newest = null;
        oldest = null;
        size = 0;
    }

    /// That of the path's end, as if it were a string of its own.
    private static int hash(String path, int from) {
        if (from == 0) {
            return path.hashCode();
        }
        int hash = 0;
        for (int i = from; i < path.length(); i++) {
            hash = hash * 31 + path.charAt(i);
        }
        return hash;
    }

    private @Nullable FileEntry find(String folder, String path, int from, int hash) {
        FileEntry entry = buckets[bucket(hash)];
        while (entry != null && !(entry.hash == hash && entry.isAt(folder, path, from))) {
            entry = entry.chained;
        }
        return entry;
    }

    private int bucket(int hash) {
        return (hash ^ (hash >>> 10) ^ (hash >>> 20)) & (buckets.length - 1);
    }

    private void add(FileEntry entry) {
        if (size >= limit && oldest != null) {
            remove(oldest);
        }
        int bucket = bucket(entry.hash);
        entry.chained = buckets[bucket];
        buckets[bucket] = entry;
        size++;
        entry.isListed = true;
        link(entry);
    }

    private void remove(FileEntry entry) {
        entry.drop();
        entry.isListed = false;
        int bucket = bucket(entry.hash);
        FileEntry before = buckets[bucket];
        if (before == entry) {
            buckets[bucket] = entry.chained;
        } else {
            while (before != null && before.chained != entry) {
                before = before.chained;
            }
            if (before != null) {
                before.chained = entry.chained;
            }
        }
        unlink(entry);
        size--;
    }

    private void touch(FileEntry entry) {
        if (newest != entry) {
            unlink(entry);
            link(entry);
        }
    }

    private void link(FileEntry entry) {
        FileEntry head = newest;
        entry.older = head;
        entry.newer = null;
        if (head == null) {
            oldest = entry;
        } else {
            head.newer = entry;
        }
        newest = entry;
    }

    private void unlink(FileEntry entry) {
        FileEntry older = entry.older;
        FileEntry newer = entry.newer;
        if (older == null) {
            oldest = newer;
        } else {
            older.newer = newer;
        }
        if (newer == null) {
            newest = older;
        } else {
            newer.older = older;
        }
        entry.older = null;
        entry.newer = null;
    }
}
