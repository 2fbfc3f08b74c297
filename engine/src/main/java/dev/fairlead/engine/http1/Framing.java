package dev.fairlead.engine.http1;

import dev.fairlead.engine.http.RequestHead;
import dev.fairlead.engine.http.field.FieldName;
import dev.fairlead.engine.http.field.FieldSet;
import dev.fairlead.engine.http.field.Fields;
import dev.fairlead.engine.http.field.Tokens;
import dev.fairlead.model.http.HeadReading;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/// Where the request's body ends, whose host it is for, and whether the connection is to be kept: what the
/// fields say, noted while they are read. Anything that two readers could take differently is refused.
final class Framing {
    /// Fields that mean something only in front of a body.
    static final FieldSet NOT_IN_TRAILERS = FieldSet.of(
            FieldName.HOST,
            FieldName.CONTENT_LENGTH,
            FieldName.TRANSFER_ENCODING,
            FieldName.CONNECTION,
            FieldName.KEEP_ALIVE,
            FieldName.PROXY_CONNECTION,
            FieldName.TE,
            FieldName.TRAILER,
            FieldName.UPGRADE,
            FieldName.EXPECT,
            FieldName.AUTHORIZATION,
            FieldName.CONTENT_ENCODING,
            FieldName.CONTENT_TYPE,
            FieldName.CONTENT_RANGE);

    private static final long NOT_GIVEN = -1;
    private static final long INVALID = -2;
    private static final FieldName[] SINGLE = {
        FieldName.HOST,
        FieldName.CONTENT_LENGTH,
        FieldName.TRANSFER_ENCODING,
        FieldName.IF_MODIFIED_SINCE,
        FieldName.IF_UNMODIFIED_SINCE,
        FieldName.IF_MATCH,
        FieldName.IF_NONE_MATCH,
        FieldName.IF_RANGE,
        FieldName.CONTENT_RANGE,
        FieldName.EXPECT,
        FieldName.AUTHORIZATION
    };
    private static final long SINGLE_MASK = mask(SINGLE);
    private static final long UPGRADE = 1L << FieldName.UPGRADE.id();
    private static final FieldName WEB_SOCKET_KEY = FieldName.of("Sec-WebSocket-Key");
    /// Of 16 bytes in Base64.
    private static final int KEY_LENGTH = 24;

    private final LoopState loop;
    private long seen;
    private int hostField;
    private int transferEncodingField;
    private long contentLength;
    private boolean saysClose;
    private boolean saysKeepAlive;
    private boolean saysUpgrade;
    private boolean expectsContinue;
    private boolean isChunked;
    private boolean isKeptAlive;
    private int status;
    private String reason = "";

    Framing(LoopState loop) {
        this.loop = loop;
    }

    private static long mask(FieldName[] names) {
        long mask = 0;
        for (FieldName name : names) {
            mask |= 1L << name.id();
        }
        return mask;
    }

    void begin() {
        seen = 0;
        hostField = -1;
        transferEncodingField = -1;
        contentLength = NOT_GIVEN;
        saysClose = false;
        saysKeepAlive = false;
        saysUpgrade = false;
        expectsContinue = false;
        isChunked = false;
        isKeptAlive = false;
        status = 0;
        reason = "";
    }

    int status() {
        return status;
    }

    String reason() {
        return reason;
    }

    boolean isChunked() {
        return isChunked;
    }

    /// Whether the client wants, and its version allows, another request on the connection.
    boolean isKeptAlive() {
        return isKeptAlive;
    }

    boolean expectsContinue() {
        return expectsContinue;
    }

    /// The last field of the collection has that id, one of a known name.
    ///
    /// @return whether it is sound
    boolean note(int id, Fields fields) {
        long bit = 1L << id;
        if ((SINGLE_MASK & seen & bit) != 0) {
            return refuse(400, "client sent duplicate header line");
        }
        seen |= bit;
        int field = fields.size() - 1;
        if (id == FieldName.HOST.id()) {
            hostField = field;
        } else if (id == FieldName.CONNECTION.id()) {
            noteConnection(fields, field);
        } else if (id == FieldName.CONTENT_LENGTH.id()) {
            contentLength = decimal(fields.bytes(), fields.valueStart(field), fields.valueEnd(field));
        } else if (id == FieldName.TRANSFER_ENCODING.id()) {
            transferEncodingField = field;
        } else if (id == FieldName.EXPECT.id()) {
            expectsContinue = fields.valueEquals(field, "100-continue");
        }
        return true;
    }

    private void noteConnection(Fields fields, int field) {
        if (fields.valueEquals(field, "keep-alive")) {
            saysKeepAlive = true;
            return;
        }
        saysClose |= Tokens.contains(fields, field, "close");
        saysUpgrade |= Tokens.contains(fields, field, "upgrade");
        saysKeepAlive |= Tokens.contains(fields, field, "keep-alive");
    }

    private static long decimal(byte[] bytes, int start, int end) {
        if (start == end || end - start > 18) {
            return INVALID;
        }
        long value = 0;
        for (int i = start; i < end; i++) {
            int digit = bytes[i] - '0';
            if (digit < 0 || digit > 9) {
                return INVALID;
            }
            value = value * 10 + digit;
        }
        return value;
    }

    /// The head is complete.
    ///
    /// @return whether it is sound as a whole; then host and length are set in it
    boolean decide(RequestHead head, HeadReading reading) {
        return decideHost(head, reading.hostRequired())
                && decideBody(head)
                && decidePersistence(head)
                && (!reading.webSocketKeyRequired() || decideUpgrade(head.fields()));
    }

    private boolean decideUpgrade(Fields fields) {
        boolean asks = (seen & UPGRADE) != 0
                && saysUpgrade
                && Tokens.contains(fields, fields.first(FieldName.UPGRADE), "websocket");
        return !asks || hasWebSocketKey(fields) || refuse(400, "client sent no key for WebSocket");
    }

    private static boolean hasWebSocketKey(Fields fields) {
        for (int field = 0; field < fields.size(); field++) {
            if (fields.valueEnd(field) - fields.valueStart(field) == KEY_LENGTH && fields.is(field, WEB_SOCKET_KEY)) {
                return true;
            }
        }
        return false;
    }

    private boolean decideHost(RequestHead head, boolean hostRequired) {
        Fields fields = head.fields();
        String authority = head.target().authority();
        if (hostField < 0) {
            if (hostRequired && head.minorVersion() > 0) {
                return refuse(400, "client sent HTTP/1.1 request without \"Host\" header");
            }
        } else {
            int start = fields.valueStart(hostField);
            int end = fields.valueEnd(hostField);
            String host = start == end && !hostRequired ? "" : host(fields.bytes(), start, end);
            if (host == null) {
                return refuse(400, "client sent invalid host header");
            }
            head.host(host);
        }
        if (!authority.isEmpty()) {
            byte[] bytes = authority.getBytes(StandardCharsets.ISO_8859_1);
            String host = host(bytes, 0, bytes.length);
            if (host == null) {
                return refuse(400, "client sent invalid host in request line");
            }
            head.host(host);
        }
        return true;
    }

    private @Nullable String host(byte[] bytes, int start, int end) {
        int hash = TextCache.hash(bytes, start, end);
        String known = loop.hosts().find(bytes, start, end, hash);
        if (known == null) {
            known = HostName.parse(bytes, start, end);
            if (known != null) {
                loop.hosts().put(bytes, start, end, hash, known);
            }
        }
        return known;
    }

    private boolean decideBody(RequestHead head) {
        if (contentLength == INVALID) {
            return refuse(400, "client sent invalid \"Content-Length\" header");
        }
        if (transferEncodingField < 0) {
            head.contentLength(Math.max(0, contentLength));
            return true;
        }
        if (head.minorVersion() == 0) {
            return refuse(400, "client sent HTTP/1.0 request with \"Transfer-Encoding\" header");
        }
        if (!head.fields().valueEquals(transferEncodingField, "chunked")) {
            return refuse(501, "client sent unknown \"Transfer-Encoding\"");
        }
        if (contentLength != NOT_GIVEN) {
            return refuse(400, "client sent \"Content-Length\" and \"Transfer-Encoding\" headers at the same time");
        }
        isChunked = true;
        head.contentLength(-1);
        return true;
    }

    private boolean decidePersistence(RequestHead head) {
        isKeptAlive = !saysClose && (head.minorVersion() > 0 || saysKeepAlive);
        expectsContinue &= head.minorVersion() > 0 && head.contentLength() != 0;
        return true;
    }

    private boolean refuse(int with, String why) {
        status = with;
        reason = why;
        return false;
    }
}
