package dev.fairlead.engine.explain;

import dev.fairlead.engine.http.Carrier;
import dev.fairlead.engine.http.Exchange;
import dev.fairlead.engine.http.OpenFile;
import dev.fairlead.engine.http.Response;
import dev.fairlead.engine.http.Tunnel;
import dev.fairlead.engine.http.field.FieldName;
import dev.fairlead.engine.http.field.Fields;
import dev.fairlead.engine.trace.Event;
import dev.fairlead.engine.trace.Tracer;
import io.netty.buffer.ByteBuf;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/// Stands where the client would be: keeps what happens to the request, and of the answer only the head.
final class Onlooker implements Carrier, Tracer {
    private final List<Event> events = new ArrayList<>();
    private final CompletableFuture<List<Event>> over = new CompletableFuture<>();

    /// What happened, once it is known how it ends.
    CompletableFuture<List<Event>> over() {
        return over;
    }

    @Override
    public void saw(Event event) {
        if (over.isDone()) {
            return;
        }
        events.add(event);
        boolean isLast = event instanceof Event.Answered
                || (event instanceof Event.Forwarded forwarded
                        && forwarded.server().isPresent())
                || event instanceof Event.Handed
                || event instanceof Event.BrokenOff;
        if (isLast) {
            over.complete(List.copyOf(events));
        }
    }

    @Override
    public void head(Exchange exchange) {
        Response response = exchange.response();
        List<String> lines = new ArrayList<>();
        if (!response.contentType().isEmpty()) {
            lines.add("Content-Type: " + response.contentType());
        }
        if (response.contentLength() >= 0) {
            lines.add("Content-Length: " + response.contentLength());
        }
        Fields fields = response.fields();
        for (int field = 0; field < fields.size(); field++) {
            if (fields.isPresent(field) && !fields.is(field, FieldName.ETAG)) {
                lines.add(fields.name(field) + ": " + fields.value(field));
            }
        }
        saw(new Event.Answered(response.status(), lines));
    }

    @Override
    public void abort() {
        saw(new Event.BrokenOff());
    }

    @Override
    public void interim(int status, Fields fields) {}

    /// No body is read but for its first piece.
    @Override
    public boolean isWritable() {
        return false;
    }

    @Override
    public Raw tunnel(Exchange exchange, Tunnel tunnel) {
        throw new IllegalStateException("nothing is passed on");
    }

    @Override
    public void data(ByteBuf data) {
        data.release();
    }

    @Override
    public void file(OpenFile file, long offset, long length) {
        file.release();
    }

    @Override
    public void end(Fields trailers) {}

    @Override
    public void flush() {}
}
