package dev.fairlead.engine.handler;

import dev.fairlead.engine.compile.CompileContext;
import dev.fairlead.engine.filter.GzipNegotiation;
import dev.fairlead.engine.handler.FileEntry.Kind;
import dev.fairlead.engine.http.BodyOutput;
import dev.fairlead.engine.http.ContentHandler;
import dev.fairlead.engine.http.Exchange;
import dev.fairlead.engine.http.Method;
import dev.fairlead.engine.http.Response;
import dev.fairlead.engine.http.field.FieldName;
import dev.fairlead.engine.trace.Event;
import dev.fairlead.model.http.FileServing;
import dev.fairlead.model.http.FileServing.Precompressed;
import dev.fairlead.model.http.Location;
import dev.fairlead.model.http.LogLevel;
import dev.fairlead.time.Clock;
import io.netty.buffer.ByteBuf;

/// Answers with the file that the request's path stands for, the index of a folder, or its listing.
public final class FileHandler implements ContentHandler {
    private final FilePaths paths;
    private final FileServing files;
    private final ContentTypes types;
    private final FolderHandler folders;
    private final GzipNegotiation gzip;
    private final FileTables tables;
    private final int slot;
    private final Clock clock;

    private FileHandler(Location location, CompileContext context) {
        this.files = location.settings().files();
        this.paths = FilePaths.compile(location, context);
        this.types = context.alike().made(ContentTypes.class, files, ContentTypes::new);
        this.gzip = GzipNegotiation.compile(location.settings().compression(), context);
        this.tables = FileTables.of(context);
        this.slot = tables.slot(files);
        this.folders = new FolderHandler(location, paths, tables, slot, context);
        this.clock = context.clock();
    }

    public static ContentHandler compile(Location location, CompileContext context) {
        return new FileHandler(location, context);
    }

    @Override
    public void handle(Exchange exchange) {
        Method method = exchange.head().method();
        boolean reads = method == Method.GET || method == Method.HEAD;
        if (!reads && method != Method.POST) {
            exchange.fail(405);
            return;
        }
        if (!paths.isMappable(exchange)) {
            exchange.place().report(exchange, LogLevel.ALERT, rewrittenOutside());
            exchange.fail(500);
            return;
        }
        String path = exchange.path();
        if (path.endsWith("/")) {
            folders.handle(exchange, reads);
        } else {
            file(exchange, path, reads);
        }
    }

    private String rewrittenOutside() {
        return "\"alias\" cannot be used in location \"" + paths.prefix() + "\" where URI was rewritten";
    }

    private void file(Exchange exchange, String path, boolean reads) {
        FileTable table = tables.here(slot);
        String folder = paths.folder(exchange);
        boolean looksForCompressed = files.precompressed() != Precompressed.OFF && reads;
        if (looksForCompressed && compressed(exchange, table, folder, paths.rest(exchange))) {
            return;
        }
        FileEntry entry = table.look(folder, path, paths.restStart(exchange), clock);
        Looks.tell(exchange, Event.Purpose.CONTENT, entry);
        int outcome = entry.kind == Kind.FILE ? table.open(entry) : -entry.errno;
        if (outcome < 0) {
            FileErrors.fail(exchange, "open()", entry.nameText(), -outcome);
            return;
        }
        switch (entry.kind) {
            case FILE -> {
                if (reads) {
                    send(exchange, table, entry, true);
                } else {
                    table.settle(entry, clock);
                    exchange.fail(405);
                }
            }
            case FOLDER -> exchange.redirectClient(301, withSlash(exchange, path));
            case OTHER -> notRegular(exchange, entry);
            case MISSING -> FileErrors.fail(exchange, "open()", entry.nameText(), entry.errno);
        }
    }

    private static String withSlash(Exchange exchange, String path) {
        String escaped = PathEscape.path(path);
        return exchange.query().isEmpty() ? escaped + "/" : escaped + "/?" + exchange.query();
    }

    private static void notRegular(Exchange exchange, FileEntry entry) {
        exchange.place().report(exchange, LogLevel.CRIT, "\"" + entry.nameText() + "\" is not a regular file");
        exchange.fail(404);
    }

    /// Sends the file with `.gz` behind its name, if it is there and the client takes it.
    private boolean compressed(Exchange exchange, FileTable table, String folder, String rest) {
        boolean always = files.precompressed() == Precompressed.ALWAYS;
        boolean accepted = always || gzip.accepts(exchange);
        if (!accepted && !gzip.vary()) {
            return false;
        }
        FileEntry entry = table.look(folder, rest.concat(".gz"), clock);
        Looks.tell(exchange, Event.Purpose.COMPRESSED, entry);
        int outcome = entry.kind == Kind.FILE ? table.open(entry) : -entry.errno;
        if (outcome < 0) {
            if (FileErrors.status(-outcome) != 404) {
                FileErrors.report(exchange, "open()", entry.nameText(), -outcome);
            }
            return false;
        }
        if (!always && gzip.vary()) {
            gzip.addVary(exchange);
        }
        if (!accepted || entry.kind == Kind.FOLDER) {
            table.settle(entry, clock);
            return false;
        }
        if (entry.kind == Kind.OTHER) {
            notRegular(exchange, entry);
            return true;
        }
        exchange.response().fields().set(FieldName.CONTENT_ENCODING, "gzip");
        send(exchange, table, entry, false);
        return true;
    }

    private void send(Exchange exchange, FileTable table, FileEntry entry, boolean ranges) {
        Response response = exchange.response();
        response.status(200);
        response.contentLength(entry.size);
        response.lastModified(entry.modifiedSeconds);
        if (files.etag()) {
            response.fields().add(FieldName.ETAG, entry.etag());
        }
        if (response.contentType().isEmpty()) {
            response.contentType(typeOf(entry, exchange.path()));
        }
        response.acceptsRanges(ranges);
        exchange.respond();
        ByteBuf content = entry.content();
        HeldFile open = entry.open();
        BodyOutput output = exchange.output();
        if (!carriesBody(exchange)) {
            exchange.end();
        } else if (content != null) {
            output.data(content.retainedDuplicate());
            exchange.end();
        } else if (open != null) {
            send(exchange, output, open);
        }
        table.settle(entry, clock);
    }

    private static void send(Exchange exchange, BodyOutput output, HeldFile open) {
        open.retain();
        if (output.wantsMemory()) {
            FilePump.start(exchange, open);
        } else {
            output.file(open, 0, open.size());
            exchange.end();
        }
    }

    private static boolean carriesBody(Exchange exchange) {
        return exchange.head().method() != Method.HEAD && exchange.response().status() != 304;
    }

    private String typeOf(FileEntry entry, String path) {
        String known = entry.contentType(this, path);
        if (known == null) {
            known = types.of(path);
            entry.contentType(this, path, known);
        }
        return known;
    }
}
