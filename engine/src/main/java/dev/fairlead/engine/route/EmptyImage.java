package dev.fairlead.engine.route;

import dev.fairlead.engine.http.ContentHandler;
import dev.fairlead.engine.http.Exchange;
import dev.fairlead.engine.http.Method;
import dev.fairlead.engine.http.Response;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.PooledByteBufAllocator;
import java.util.HexFormat;

/// A transparent GIF of one pixel.
final class EmptyImage implements ContentHandler {
    /// GIF89a, 1 × 1, two colours, the first of them transparent.
    private static final byte[] IMAGE = HexFormat.of()
            .parseHex("47494638396101000100800100000000ffffff" + "21f90401000001002c00000000010001000002024c01003b");
    /// 28 September 1970; the time nginx gives its own image.
    private static final long MADE = 23_349_600;

    @Override
    public void handle(Exchange exchange) {
        Method method = exchange.head().method();
        if (method != Method.GET && method != Method.HEAD) {
            exchange.fail(405);
            return;
        }
        Response response = exchange.response().begin(200);
        response.contentType("image/gif");
        response.lastModified(MADE);
        ByteBuf body = PooledByteBufAllocator.DEFAULT.directBuffer(IMAGE.length);
        exchange.respondWith(body.writeBytes(IMAGE));
    }
}
