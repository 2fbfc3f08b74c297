package dev.fairlead.engine.http1;

import dev.fairlead.engine.http.Exchange;
import dev.fairlead.engine.http.Method;
import dev.fairlead.engine.http.OpenFile;
import dev.fairlead.engine.http.Response;
import dev.fairlead.engine.http.field.Fields;
import dev.fairlead.model.http.Connection;
import dev.fairlead.model.http.ResponseHeaders.ServerField;
import dev.fairlead.model.http.Settings;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import java.io.IOException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// The response to the present request: how it is framed, whether the connection goes on behind it.
final class Reply {
    private static final Duration DEFAULT_SEND_TIMEOUT = Duration.ofSeconds(60);

    private final ChannelHandlerContext context;
    private final LoopState loop;
    private final IncomingBody body;
    private final Framing framing;
    private final ResponseWriter writer;
    private final PacedOutput paced;
    private final Exchange exchange;
    private long nowNanos;
    private boolean keepsAlive;
    private boolean hasStarted;
    private @Nullable Connection settings;

    Reply(ChannelHandlerContext context, LoopState loop, IncomingBody body, Framing framing, Exchange exchange) {
        this.context = context;
        this.loop = loop;
        this.body = body;
        this.framing = framing;
        this.exchange = exchange;
        this.writer = new ResponseWriter(context);
        this.paced = new PacedOutput(context, loop, exchange, writer);
    }

    void begin() {
        hasStarted = false;
        keepsAlive = true;
        settings = null;
    }

    /// Whatever the response says, the connection ends behind it.
    void closeBehind() {
        keepsAlive = false;
    }

    boolean keepsAlive() {
        return keepsAlive;
    }

    boolean hasStarted() {
        return hasStarted;
    }

    /// How the connection is treated behind this response; that of the place that answered.
    @Nullable
    Connection settings() {
        return settings;
    }

    Duration sendTimeout() {
        Connection present = settings;
        return present == null ? DEFAULT_SEND_TIMEOUT : present.sendTimeout();
    }

    void head() {
        Response response = exchange.response();
        @Nullable Settings place = exchange.isRouted() ? exchange.place().settings() : null;
        decidePersistence(place);
        boolean hasBody = hasBody(response.status());
        if (response.status() == 204) {
            response.contentLength(Response.UNKNOWN);
        }
        long length = response.contentLength();
        boolean chunked = false;
        if (hasBody && length < 0) {
            boolean mayChunk = place == null || place.responseHeaders().chunked();
            chunked = mayChunk && exchange.head().minorVersion() > 0;
            keepsAlive &= chunked;
        }
        int room = hasBody ? ResponseWriter.roomFor(length, chunked) : 0;
        ResponseHead.Persistence persistence =
                keepsAlive ? ResponseHead.Persistence.KEEP_ALIVE : ResponseHead.Persistence.CLOSE;
        begin(hasBody, chunked, length, write(place, chunked, persistence, room));
    }

    /// The head of a switched protocol: what follows is not framed, whatever the server says (RFC 9110, section
    /// 8.6).
    void switchProtocols() {
        exchange.response().contentLength(Response.UNKNOWN);
        @Nullable Settings place = exchange.isRouted() ? exchange.place().settings() : null;
        settings = place == null ? null : place.connection();
        nowNanos = loop.clock().monotonicNanos();
        boolean isUpgrade = exchange.response().status() == 101;
        keepsAlive = false;
        begin(
                true,
                false,
                Response.UNKNOWN,
                write(
                        place,
                        false,
                        isUpgrade ? ResponseHead.Persistence.UPGRADE : ResponseHead.Persistence.KEEP_ALIVE,
                        0));
        writer.push();
    }

    private ByteBuf write(@Nullable Settings place, boolean chunked, ResponseHead.Persistence persistence, int room) {
        long wallMillis = loop.date().wallMillis(nowNanos);
        ServerField server =
                place == null ? ServerField.NAME : place.responseHeaders().server();
        Connection connection = settings;
        long told = connection == null
                ? 0
                : connection.keepAliveHeader().map(Duration::toSeconds).orElse(0L);
        return ResponseHead.write(
                context.alloc(), loop, wallMillis, exchange.response(), server, chunked, persistence, told, room);
    }

    private void begin(boolean hasBody, boolean chunked, long length, ByteBuf head) {
        hasStarted = true;
        exchange.counters().addHeadSent(head.readableBytes());
        writer.begin(head, hasBody, chunked, length);
        Response response = exchange.response();
        paced.begin(
                nowNanos,
                hasBody ? response.bytesPerSecond() : 0,
                response.fastStartBytes(),
                exchange.connection().isTls());
    }

    private void decidePersistence(@Nullable Settings place) {
        Connection connection = place == null ? null : place.connection();
        settings = connection;
        nowNanos = loop.clock().monotonicNanos();
        keepsAlive = keepsAlive
                && framing.isKeptAlive()
                && connection != null
                && !body.isFailed()
                && !body.continueIsDue()
                && KeepAlive.allows(exchange, connection, nowNanos);
    }

    private boolean hasBody(int status) {
        return exchange.head().method() != Method.HEAD && status != 204 && status != 304 && status >= 200;
    }

    void data(ByteBuf data) {
        if (paced.isNeeded()) {
            paced.data(data);
        } else {
            writer.data(data, exchange.counters());
        }
    }

    void file(OpenFile file, long offset, long length) {
        if (paced.isNeededForFile()) {
            paced.file(file, offset, length);
        } else {
            writer.file(file, offset, length, exchange.counters());
        }
    }

    /// Completes the body, or notes that it is to be completed when what waits has gone.
    ///
    /// @return whether it is complete
    boolean end(Fields trailers) throws IOException {
        if (!paced.isEmpty()) {
            paced.end(trailers);
            return false;
        }
        complete(trailers);
        return true;
    }

    private void complete(Fields trailers) throws IOException {
        if (!writer.end(trailers)) {
            throw new IOException("the body is shorter than announced");
        }
    }

    /// Passes on what waits, as far as the client and its rate allow.
    ///
    /// @param later run when the rate allows more
    /// @return whether the body was completed by this
    boolean pump(Runnable later) throws IOException {
        if (paced.isEmpty()) {
            return false;
        }
        Fields trailers = paced.pump(later);
        if (trailers != null) {
            complete(trailers);
            return true;
        }
        writer.push();
        return false;
    }

    /// Whether so much waits that no more should be written.
    boolean isFull() {
        return paced.isFull();
    }

    boolean isFileInFlight() {
        return writer.isFileInFlight();
    }

    void push() {
        writer.push();
    }

    void pushComplete() {
        writer.pushComplete();
    }

    void flush() {
        writer.flush();
    }

    void drop() {
        writer.drop();
        paced.drop();
    }
}
