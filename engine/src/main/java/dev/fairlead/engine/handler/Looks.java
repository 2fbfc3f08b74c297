package dev.fairlead.engine.handler;

import dev.fairlead.engine.http.Exchange;
import dev.fairlead.engine.trace.Event;
import dev.fairlead.engine.trace.Tracer;

/// Tells whoever looks on which files were looked for.
final class Looks {
    private Looks() {}

    static void tell(Exchange exchange, Event.Purpose purpose, FileEntry entry) {
        Tracer tracer = exchange.tracer();
        if (tracer != null) {
            tracer.saw(new Event.Looked(
                    purpose,
                    entry.nameText(),
                    kind(entry.kind),
                    entry.kind == FileEntry.Kind.MISSING ? FileErrors.reason(entry.errno) : "",
                    exchange.place().settings().files()));
        }
    }

    private static Event.Kind kind(FileEntry.Kind kind) {
        return switch (kind) {
            case FILE -> Event.Kind.FILE;
            case FOLDER -> Event.Kind.FOLDER;
            case OTHER -> Event.Kind.OTHER;
            case MISSING -> Event.Kind.MISSING;
        };
    }
}
