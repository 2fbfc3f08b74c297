package dev.fairlead.engine.app.environ;

import dev.fairlead.engine.connection.Peer;
import dev.fairlead.engine.http.Exchange;
import dev.fairlead.engine.http.Program;
import dev.fairlead.engine.http.field.FieldName;
import dev.fairlead.engine.http.field.Fields;
import dev.fairlead.model.app.Application;
import dev.fairlead.worker.MarshalWriter;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;

/// Writes requests as ASGI scopes, of type `websocket` if they ask for that and else of type `http`, the way
/// uvicorn builds them, its middleware for proxies included.
final class AsgiScope implements RequestEncoder {
    private static final FieldName X_FORWARDED_PROTO = FieldName.of("X-Forwarded-Proto");
    private static final FieldName SEC_WEBSOCKET_PROTOCOL = FieldName.of("Sec-WebSocket-Protocol");

    private static final byte[] HTTP_VERSION_1_1 = MarshalWriter.ofPair("http_version", "1.1");
    private static final byte[] HTTP_VERSION_1_0 = MarshalWriter.ofPair("http_version", "1.0");
    private static final byte[] METHOD = MarshalWriter.ofText("method");
    private static final byte[] SCHEME = MarshalWriter.ofText("scheme");
    private static final byte[] PATH = MarshalWriter.ofText("path");
    private static final byte[] RAW_PATH = MarshalWriter.ofText("raw_path");
    private static final byte[] QUERY_STRING = MarshalWriter.ofText("query_string");
    private static final byte[] HEADERS = MarshalWriter.ofText("headers");
    private static final byte[] CLIENT = MarshalWriter.ofText("client");
    private static final byte[] SERVER = MarshalWriter.ofText("server");
    private static final byte[] SUBPROTOCOLS = MarshalWriter.ofText("subprotocols");
    private static final byte[] LOWER = new byte[256];

    static {
        for (int c = 0; c < 256; c++) {
            LOWER[c] = (byte) (c >= 'A' && c <= 'Z' ? c | 0x20 : c);
        }
    }

    private final byte[] http;
    private final byte[] webSocket;
    private final TrustedPeers trusted;
    private final ForwardedClient forwarded;

    AsgiScope(Application application) {
        http = constants("http", "2.3", application.requests().scriptName());
        webSocket = constants("websocket", "2.4", application.requests().scriptName());
        trusted = new TrustedPeers(application.requests());
        forwarded = new ForwardedClient(trusted);
    }

    private static byte[] constants(String type, String version, String rootPath) {
        MarshalWriter to = new MarshalWriter(256);
        to.tuple(3);
        to.beginDictionary();
        to.text("type");
        to.text(type);
        to.text("asgi");
        to.beginDictionary();
        to.text("version");
        to.text("3.0");
        to.text("spec_version");
        to.text(version);
        to.endDictionary();
        to.text("root_path");
        to.text(rootPath);
        return to.copy();
    }

    @Override
    public int refusal(Exchange exchange) {
        return 0;
    }

    @Override
    public void encode(Exchange exchange, ByteBuf body, int flags, ToldVariables told, ByteBuf out) {
        EnvironScratch scratch = EnvironScratch.ofThread();
        MarshalWriter to = scratch.writer;
        to.clear();
        boolean isWebSocket = Upgrades.isWebSocketAskedBy(exchange);
        Fields fields = exchange.head().fields();
        to.raw(isWebSocket ? webSocket : http);
        to.raw(exchange.head().minorVersion() > 0 ? HTTP_VERSION_1_1 : HTTP_VERSION_1_0);
        if (isWebSocket) {
            writeSubprotocols(fields, to);
        } else {
            to.raw(METHOD);
            to.text(exchange.head().methodText());
        }
        to.raw(SCHEME);
        writeScheme(exchange, isWebSocket, to);
        SentPath path = scratch.path;
        path.find(exchange);
        writePath(path, to);
        to.raw(HEADERS);
        writeHeaders(fields, to);
        writeEnds(exchange, to);
        to.endDictionary();
        Payload.finish(to, body, flags, out);
    }

    private static void writePath(SentPath path, MarshalWriter to) {
        to.raw(PATH);
        path.writeUtf8(to);
        to.raw(RAW_PATH);
        path.writeRaw(to);
        to.raw(QUERY_STRING);
        String query = path.query();
        to.beginBytes(query.length());
        to.put(query, 0, query.length());
    }

    private static void writeHeaders(Fields fields, MarshalWriter to) {
        int count = 0;
        for (int field = 0; field < fields.size(); field++) {
            count += fields.isPresent(field) ? 1 : 0;
        }
        to.list(count);
        byte[] bytes = fields.bytes();
        for (int field = 0; field < fields.size(); field++) {
            if (fields.isPresent(field)) {
                to.tuple(2);
                to.beginBytes(fields.nameEnd(field) - fields.nameStart(field));
                to.putMapped(bytes, fields.nameStart(field), fields.nameEnd(field), LOWER);
                to.bytes(bytes, fields.valueStart(field), fields.valueEnd(field));
            }
        }
    }

    /// The scheme of the connection, or what a trusted peer says it is.
    private void writeScheme(Exchange exchange, boolean isWebSocket, MarshalWriter to) {
        boolean isSecure = exchange.connection().isTls();
        int said = last(exchange.head().fields(), X_FORWARDED_PROTO);
        if (said >= 0 && trusted.contains(exchange.connection().remote())) {
            String scheme = exchange.head().fields().value(said).trim().toLowerCase(Locale.ROOT);
            isSecure = switch (scheme) {
                case "https", "wss" -> true;
                case "http", "ws" -> false;
                // Not a scheme: as if it were not there.
                default -> isSecure;
            };
        }
        if (isWebSocket) {
            to.text(isSecure ? "wss" : "ws");
        } else {
            to.text(isSecure ? "https" : "http");
        }
    }

    private static int last(Fields fields, FieldName name) {
        int last = -1;
        for (int field = fields.first(name); field >= 0; field = fields.next(name, field)) {
            last = field;
        }
        return last;
    }

    private static void writeSubprotocols(Fields fields, MarshalWriter to) {
        to.raw(SUBPROTOCOLS);
        int count = 0;
        for (int field = fields.first(SEC_WEBSOCKET_PROTOCOL);
                field >= 0;
                field = fields.next(SEC_WEBSOCKET_PROTOCOL, field)) {
            count += fields.value(field).split(",", -1).length;
        }
        to.list(count);
        for (int field = fields.first(SEC_WEBSOCKET_PROTOCOL);
                field >= 0;
                field = fields.next(SEC_WEBSOCKET_PROTOCOL, field)) {
            for (String protocol : fields.value(field).split(",", -1)) {
                to.text(protocol.trim());
            }
        }
    }

    private void writeEnds(Exchange exchange, MarshalWriter to) {
        to.raw(CLIENT);
        Optional<String> named = forwarded.of(exchange);
        if (named.isPresent()) {
            to.tuple(2);
            to.text(named.get());
            to.number(0);
        } else {
            writePeer(exchange.client(), to);
        }
        to.raw(SERVER);
        writePeer(exchange.connection().local(), to);
    }

    private static void writePeer(Peer peer, MarshalWriter to) {
        if (peer.isUnix()) {
            to.none();
        } else {
            to.tuple(2);
            to.text(peer.text());
            to.number(peer.port());
        }
    }

    @Override
    public void probe(String pathAndQuery, ToldVariables told, ByteBuf out) {
        EnvironScratch scratch = EnvironScratch.ofThread();
        MarshalWriter to = scratch.writer;
        to.clear();
        to.raw(http);
        to.raw(HTTP_VERSION_1_1);
        to.raw(METHOD);
        to.text("GET");
        to.raw(SCHEME);
        to.text("http");
        scratch.path.findWithQuery(pathAndQuery);
        writePath(scratch.path, to);
        to.raw(HEADERS);
        to.list(2);
        header("host", "localhost", to);
        header("user-agent", Program.NAME_AND_VERSION, to);
        to.raw(CLIENT);
        to.none();
        to.raw(SERVER);
        to.none();
        to.endDictionary();
        Payload.finish(to, Unpooled.EMPTY_BUFFER, 0, out);
    }

    private static void header(String name, String value, MarshalWriter to) {
        byte[] key = name.getBytes(StandardCharsets.ISO_8859_1);
        byte[] text = value.getBytes(StandardCharsets.ISO_8859_1);
        to.tuple(2);
        to.bytes(key, 0, key.length);
        to.bytes(text, 0, text.length);
    }
}
