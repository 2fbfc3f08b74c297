package dev.fairlead.engine.http1;

import dev.fairlead.engine.http.Program;
import dev.fairlead.engine.http.Response;
import dev.fairlead.engine.http.field.Fields;
import dev.fairlead.model.http.ResponseHeaders.ServerField;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import java.nio.charset.StandardCharsets;

/// Puts the head of a response together, fields in nginx's order.
final class ResponseHead {
    private static final byte[] VERSION = bytes("HTTP/1.1 ");
    private static final byte[] SERVER = bytes("Server: ");
    private static final byte[] SERVER_NAME = bytes("Server: " + Program.NAME + "\r\n");
    private static final byte[] SERVER_VERSION = bytes("Server: " + Program.NAME_AND_VERSION + "\r\n");
    private static final byte[] DATE = bytes("Date: ");
    private static final byte[] CONTENT_TYPE = bytes("Content-Type: ");
    private static final byte[] CONTENT_LENGTH = bytes("Content-Length: ");
    private static final byte[] LAST_MODIFIED = bytes("Last-Modified: ");
    private static final byte[] CHUNKED = bytes("Transfer-Encoding: chunked\r\n");
    private static final byte[] KEEP_ALIVE = bytes("Connection: keep-alive\r\n");
    private static final byte[] KEEP_ALIVE_TIMEOUT = bytes("Keep-Alive: timeout=");
    private static final byte[] CLOSE = bytes("Connection: close\r\n");
    private static final byte[] UPGRADE = bytes("Connection: upgrade\r\n");
    private static final byte[] LINE_END = bytes("\r\n");

    private ResponseHead() {}

    /// How the connection goes on behind the response.
    enum Persistence {
        KEEP_ALIVE,
        CLOSE,
        UPGRADE
    }

    /// @param wallMillis the present time
    /// @param chunked whether the body is sent chunked
    /// @param keepAliveSeconds told to the client; 0 for not
    /// @param room bytes of the body that the buffer should hold as well
    static ByteBuf write(
            ByteBufAllocator allocator,
            LoopState loop,
            long wallMillis,
            Response response,
            ServerField server,
            boolean chunked,
            Persistence persistence,
            long keepAliveSeconds,
            int room) {
        HeadScratch head = loop.scratch();
        head.begin();
        putStatus(head, response, server);
        putServer(head, response, server);
        if (server != ServerField.NONE) {
            head.put(DATE).put(loop.date().now(wallMillis)).put(LINE_END);
        }
        putContent(head, loop, response, server);
        if (chunked) {
            head.put(CHUNKED);
        }
        switch (persistence) {
            case KEEP_ALIVE -> {
                head.put(KEEP_ALIVE);
                if (keepAliveSeconds > 0) {
                    head.put(KEEP_ALIVE_TIMEOUT).decimal(keepAliveSeconds).put(LINE_END);
                }
            }
            case CLOSE -> head.put(CLOSE);
            case UPGRADE -> head.put(UPGRADE);
        }
        Fields fields = response.fields();
        ByteBuf out = allocator.directBuffer(head.length() + fields.storedLength() + room + 64);
        head.copyTo(out);
        fields.writeTo(out);
        out.writeShort(('\r' << 8) | '\n');
        return out;
    }

    /// An interim response, which has no fields of ours.
    static ByteBuf interim(ByteBufAllocator allocator, int status, Fields fields) {
        byte[] line = StatusLines.of(status);
        ByteBuf out = allocator.directBuffer(line.length + fields.storedLength() + 64);
        out.writeBytes(line);
        fields.writeTo(out);
        return out.writeShort(('\r' << 8) | '\n');
    }

    private static void putStatus(HeadScratch head, Response response, ServerField server) {
        if (response.reason().isEmpty()) {
            int status = response.status();
            head.put(server == ServerField.NONE ? StatusLines.standard(status) : StatusLines.of(status));
        } else {
            head.put(VERSION)
                    .decimal(response.status())
                    .put(' ')
                    .put(response.reason())
                    .put(LINE_END);
        }
    }

    private static void putServer(HeadScratch head, Response response, ServerField server) {
        if (response.hidesServer()) {
            return;
        }
        String replaced = response.serverField();
        if (!replaced.isEmpty()) {
            head.put(SERVER).put(replaced).put(LINE_END);
            return;
        }
        switch (server) {
            case NAME -> head.put(SERVER_NAME);
            case NAME_AND_VERSION, NAME_AND_BUILD -> head.put(SERVER_VERSION);
            case NONE -> {}
        }
    }

    private static void putContent(HeadScratch head, LoopState loop, Response response, ServerField server) {
        boolean hasContent = response.status() != 204;
        // A proxy that names itself nowhere changes nothing else either.
        if (!response.contentType().isEmpty() && (hasContent || server == ServerField.NONE)) {
            head.put(CONTENT_TYPE).put(response.contentType()).put(LINE_END);
        }
        if (!hasContent) {
            return;
        }
        if (response.contentLength() >= 0) {
            head.put(CONTENT_LENGTH).decimal(response.contentLength()).put(LINE_END);
        }
        if (response.lastModified() >= 0) {
            head.put(LAST_MODIFIED).put(loop.date().of(response.lastModified())).put(LINE_END);
        }
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }
}
