package dev.fairlead.engine.handler;

import dev.fairlead.engine.compile.CompileContext;
import dev.fairlead.engine.compile.Text;
import dev.fairlead.engine.handler.FileEntry.Kind;
import dev.fairlead.engine.http.Exchange;
import dev.fairlead.engine.trace.Event;
import dev.fairlead.model.http.FileServing;
import dev.fairlead.model.http.Location;
import dev.fairlead.model.http.LogLevel;
import dev.fairlead.os.Errno;
import dev.fairlead.os.FileAccess;
import dev.fairlead.time.Clock;
import java.util.List;
import java.util.Optional;

/// Answers for paths that end in a slash: goes on with the first index file that is there, else lists the
/// folder where that is allowed, else refuses.
final class FolderHandler {
    private final FilePaths paths;
    private final FileTables tables;
    private final int slot;
    private final Clock clock;
    private final List<Text> index;
    private final boolean logsMissing;
    private final Optional<ListingHandler> listing;

    FolderHandler(Location location, FilePaths paths, FileTables tables, int slot, CompileContext context) {
        FileServing files = location.settings().files();
        this.paths = paths;
        this.tables = tables;
        this.slot = slot;
        this.clock = context.clock();
        this.index = files.index().stream().map(context::text).toList();
        this.logsMissing = files.logMissing();
        this.listing = files.listing().map(form -> new ListingHandler(form, clock));
    }

    /// @param reads whether the method is GET or HEAD
    void handle(Exchange exchange, boolean reads) {
        FileTable table = tables.here(slot);
        String folder = paths.folder(exchange);
        String rest = paths.rest(exchange);
        boolean isTested = false;
        for (int i = 0; i < index.size(); i++) {
            String name = index.get(i).of(exchange);
            if (name.startsWith("/")) {
                exchange.redirectTo(name, exchange.query());
                return;
            }
            FileEntry entry = table.look(folder, rest.concat(name), clock);
            Looks.tell(exchange, Event.Purpose.INDEX, entry);
            if (entry.kind != Kind.MISSING) {
                exchange.redirectTo(exchange.path().concat(name), exchange.query());
                return;
            }
            if (fails(exchange, entry)) {
                return;
            }
            if (!isTested && isNoFolder(exchange, table, folder, rest)) {
                return;
            }
            isTested = true;
        }
        if (reads && listing.isPresent()) {
            listing.get().handle(exchange, table.access(), folder.concat(rest));
            return;
        }
        exchange.place()
                .report(exchange, LogLevel.ERROR, "directory index of \"" + folder.concat(rest) + "\" is forbidden");
        exchange.fail(403);
    }

    /// Answers with an error if the index file is missing for another reason than that it is not there.
    private boolean fails(Exchange exchange, FileEntry entry) {
        int errno = entry.errno;
        if (errno == Errno.ENOENT) {
            return false;
        }
        if (errno == Errno.ELOOP) {
            exchange.fail(403);
        } else if (errno == Errno.EACCES || errno == Errno.ENOTDIR || errno == Errno.ENAMETOOLONG) {
            refuse(exchange, entry.nameText(), errno);
        } else {
            FileErrors.report(exchange, "stat()", entry.nameText(), errno);
            exchange.fail(500);
        }
        return true;
    }

    private void refuse(Exchange exchange, String name, int errno) {
        boolean forbidden = errno == Errno.EACCES;
        if (forbidden || logsMissing) {
            String what = forbidden ? "\" is forbidden " : "\" is not found ";
            exchange.place().report(exchange, LogLevel.ERROR, '"' + name + what + FileErrors.reason(errno));
        }
        exchange.fail(forbidden ? 403 : 404);
    }

    /// Answers with an error if the folder itself is not there.
    private boolean isNoFolder(Exchange exchange, FileTable table, String folder, String rest) {
        String name = folder.concat(rest);
        String bare = name.endsWith("/") && name.length() > 1 ? name.substring(0, name.length() - 1) : name;
        FileAccess access = table.access();
        int outcome = access.look(FileAccess.name(bare));
        if ((outcome >= 0 && access.isFolder()) || outcome == -Errno.EACCES) {
            return false;
        }
        if (outcome == -Errno.ENOENT) {
            refuse(
                    exchange,
                    index.isEmpty() ? name : name.concat(index.getFirst().of(exchange)),
                    Errno.ENOENT);
        } else if (outcome < 0) {
            FileErrors.report(exchange, "stat()", bare, -outcome);
            exchange.fail(500);
        } else {
            exchange.place().report(exchange, LogLevel.ALERT, '"' + bare + "\" is not a directory");
            exchange.fail(500);
        }
        return true;
    }
}
