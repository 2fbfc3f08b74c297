package dev.fairlead.engine.handler;

import dev.fairlead.engine.compile.CompileContext;
import dev.fairlead.engine.compile.Text;
import dev.fairlead.engine.handler.FileEntry.Kind;
import dev.fairlead.engine.http.ContentHandler;
import dev.fairlead.engine.http.Exchange;
import dev.fairlead.engine.trace.Event;
import dev.fairlead.model.http.FileServing;
import dev.fairlead.model.http.FileServing.TryFiles.Fallback;
import dev.fairlead.model.http.Location;
import dev.fairlead.model.http.LogLevel;
import dev.fairlead.model.text.Template;
import dev.fairlead.time.Clock;
import java.util.ArrayList;
import java.util.List;

/// Lets the first of several files that is there be served, or goes on elsewhere when none is.
public final class TryFilesHandler implements ContentHandler {
    private final List<Candidate> candidates;
    private final Fallback otherwise;
    private final Candidate otherPath;
    private final FilePaths paths;
    private final FileTables tables;
    private final int slot;
    private final ContentHandler next;
    private final Clock clock;

    /// @param wantsFolder whether it was written with a slash at its end, which `name` no longer has
    /// @param isConstant a name with variables may hold the path with the prefix that an alias cuts off
    private record Candidate(Text name, boolean wantsFolder, boolean isConstant) {
        static Candidate of(Template template, CompileContext context) {
            List<Template.Part> parts = new ArrayList<>(template.parts());
            boolean wantsFolder = !parts.isEmpty()
                    && parts.getLast() instanceof Template.Part.Literal last
                    && last.text().endsWith("/");
            if (wantsFolder && parts.removeLast() instanceof Template.Part.Literal last) {
                parts.add(new Template.Part.Literal(
                        last.text().substring(0, last.text().length() - 1)));
            }
            Template name = new Template(parts, template.origin());
            return new Candidate(context.text(name), wantsFolder, template.isConstant());
        }

        static Candidate whole(Template template, CompileContext context) {
            return new Candidate(context.text(template), false, template.isConstant());
        }
    }

    private TryFilesHandler(
            FileServing.TryFiles tryFiles, Location location, ContentHandler next, CompileContext context) {
        this.candidates = tryFiles.candidates().stream()
                .map(template -> Candidate.of(template, context))
                .toList();
        this.otherwise = tryFiles.otherwise();
        this.otherPath = Candidate.whole(
                otherwise instanceof Fallback.Path path ? path.path() : Template.constant("", tryFiles.origin()),
                context);
        this.paths = FilePaths.compile(location, context);
        this.tables = FileTables.of(context);
        this.slot = tables.slot(location.settings().files());
        this.next = next;
        this.clock = context.clock();
    }

    /// @param next what serves the file that was found
    public static ContentHandler compile(
            FileServing.TryFiles tryFiles, Location location, ContentHandler next, CompileContext context) {
        return new TryFilesHandler(tryFiles, location, next, context);
    }

    @Override
    public void handle(Exchange exchange) {
        if (!paths.isMappable(exchange)) {
            exchange.place()
                    .report(
                            exchange,
                            LogLevel.ALERT,
                            "\"alias\" cannot be used in location \"" + paths.prefix() + "\" where URI was rewritten");
            exchange.fail(500);
            return;
        }
        FileTable table = tables.here(slot);
        String folder = paths.folder(exchange);
        for (int i = 0; i < candidates.size(); i++) {
            Candidate candidate = candidates.get(i);
            String name = name(exchange, candidate);
            FileEntry entry = table.look(folder, name, clock);
            Looks.tell(exchange, Event.Purpose.CANDIDATE, entry);
            if (entry.kind == Kind.MISSING) {
                if (FileErrors.status(entry.errno) != 404) {
                    reportUnusable(exchange, entry);
                }
            } else if (entry.kind == Kind.FOLDER == candidate.wantsFolder()) {
                take(exchange, name, candidate.wantsFolder());
                return;
            }
        }
        goOn(exchange);
    }

    private static void reportUnusable(Exchange exchange, FileEntry entry) {
        exchange.place()
                .report(
                        exchange,
                        LogLevel.CRIT,
                        "stat() \"" + entry.nameText() + "\" failed " + FileErrors.reason(entry.errno));
    }

    private String name(Exchange exchange, Candidate candidate) {
        String name = candidate.name().of(exchange);
        boolean cut = !candidate.isConstant() && !paths.prefix().isEmpty() && name.startsWith(paths.prefix());
        return cut ? name.substring(paths.prefix().length()) : name;
    }

    /// The path becomes that of the file that was found.
    private void take(Exchange exchange, String name, boolean isFolder) {
        if (!paths.isAlias()) {
            if (!name.equals(exchange.path())) {
                exchange.path(name);
            }
        } else if (!paths.isWholeName()) {
            exchange.path(paths.prefix().concat(name));
        } else if (!isFolder) {
            exchange.path(name);
            exchange.handlerState(FilePaths.APPENDED);
        }
        next.handle(exchange);
    }

    private void goOn(Exchange exchange) {
        switch (otherwise) {
            case Fallback.Status status -> exchange.fail(status.status());
            case Fallback.Named named -> exchange.enterNamed(named.location());
            case Fallback.Path path -> {
                String target = name(exchange, otherPath);
                int mark = target.indexOf('?');
                exchange.redirectTo(
                        mark < 0 ? target : target.substring(0, mark), mark < 0 ? "" : target.substring(mark + 1));
            }
        }
    }
}
