package dev.fairlead.engine.change;

import dev.fairlead.engine.http.Exchange;
import dev.fairlead.engine.http.RequestBody;
import dev.fairlead.engine.http.field.Fields;
import dev.fairlead.engine.upstream.HeldBody;
import dev.fairlead.model.http.LogLevel;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.io.IOException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// The body of a PUT on its way to a temporary file that has a name. It is written on the event loop, to the page
/// cache, as all bodies are that do not fit in memory.
final class PutBody implements RequestBody.Receiver {
    private final dev.fairlead.model.http.RequestBody settings;
    private final HeldBody held = new HeldBody();
    private @Nullable Consumer<HeldBody> then;

    /// @param then is given the complete body, and owns it
    private PutBody(dev.fairlead.model.http.RequestBody settings, Consumer<HeldBody> then) {
        this.settings = settings;
        this.then = then;
    }

    /// @param then is given the complete body, and owns a reference to it
    static void read(Exchange exchange, Consumer<HeldBody> then) {
        dev.fairlead.model.http.RequestBody given = exchange.place().settings().requestBody();
        PutBody body = new PutBody(
                new dev.fairlead.model.http.RequestBody(
                        given.maxBytes(), given.memoryBytes(), given.timeout(), given.temporaryFolder(), true),
                then);
        exchange.keepBody(body.held);
        exchange.markBodyTaken();
        if (!exchange.body().isExpected()) {
            body.data(exchange, Unpooled.EMPTY_BUFFER);
            body.end(exchange, new Fields(0));
        } else {
            exchange.body().read(body);
        }
    }

    @Override
    public void data(Exchange from, ByteBuf data) {
        try {
            if (then != null) {
                held.add(data, 0, settings);
            }
        } catch (IOException failed) {
            from.place().report(from, LogLevel.ERROR, "cannot store a request body: " + failed.getMessage());
            then = null;
            from.fail(500);
        } finally {
            data.release();
        }
    }

    @Override
    public void end(Exchange from, Fields trailers) {
        if (then != null && held.fileName().isEmpty()) {
            data(from, Unpooled.EMPTY_BUFFER);
        }
        Consumer<HeldBody> told = then;
        then = null;
        if (told != null) {
            held.complete();
            held.retain();
            told.accept(held);
        }
    }

    @Override
    public void failed(Exchange from, RequestBody.Failure failure) {
        if (then == null) {
            return;
        }
        then = null;
        switch (failure) {
            case TOO_LARGE -> from.fail(413);
            case TIMEOUT -> from.fail(408);
            case MALFORMED -> from.fail(400);
            case CLIENT_GONE -> {}
        }
    }
}
