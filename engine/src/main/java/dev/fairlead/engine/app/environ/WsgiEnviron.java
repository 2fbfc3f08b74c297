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
import java.util.Optional;

/// Writes requests as WSGI environs, with the variables and values gunicorn gives them (its `http/wsgi.py`),
/// except
/// that bytes beyond ASCII in a path stay the bytes they are, as PEP 3333 asks, and a listener on a wildcard
/// address names the address the client connected to.
final class WsgiEnviron implements RequestEncoder {
    private static final int BAD_REQUEST = 400;
    private static final int INTERNAL_ERROR = 500;

    /// What a payload is made of: those, the place of the common ones, the common ones, body and flags.
    private static final int PAYLOAD = 5;

    /// REQUEST_METHOD, RAW_URI, QUERY_STRING, PATH_INFO and REMOTE_PORT: what each request says anew.
    private static final int OWN = 5;

    private static final byte[] HTTP_1_1 = MarshalWriter.ofPair("SERVER_PROTOCOL", "HTTP/1.1");
    private static final byte[] HTTP_1_0 = MarshalWriter.ofPair("SERVER_PROTOCOL", "HTTP/1.0");
    private static final byte[] SCHEME_HTTP = MarshalWriter.ofPair("wsgi.url_scheme", "http");
    private static final byte[] SCHEME_HTTPS = MarshalWriter.ofPair("wsgi.url_scheme", "https");
    private static final byte[] REMOTE_ADDR = MarshalWriter.ofText("REMOTE_ADDR");
    private static final byte[] SERVER_NAME = MarshalWriter.ofText("SERVER_NAME");
    private static final byte[] SERVER_PORT = MarshalWriter.ofText("SERVER_PORT");
    private static final byte[] SCRIPT_NAME = MarshalWriter.ofText("SCRIPT_NAME");
    private static final byte[] CONTENT_TYPE = MarshalWriter.ofText("CONTENT_TYPE");
    private static final byte[] CONTENT_LENGTH = MarshalWriter.ofText("CONTENT_LENGTH");
    private static final byte[] PROXY_PROTOCOL = MarshalWriter.ofText("PROXY_PROTOCOL");
    private static final byte[] PROXY_ADDR = MarshalWriter.ofText("PROXY_ADDR");
    private static final byte[] PROXY_PORT = MarshalWriter.ofText("PROXY_PORT");
    private static final byte[] HTTP_HOST = MarshalWriter.ofText("HTTP_HOST");
    private static final byte[] HTTP_USER_AGENT = MarshalWriter.ofText("HTTP_USER_AGENT");

    private static final byte[] BEGINNING = beginning();

    private final byte[] scriptName;
    private final TrustedPeers trusted;
    private final ForwardedScheme schemes;
    private final UnderscoreRule underscores;

    WsgiEnviron(Application application) {
        scriptName = application.requests().scriptName().getBytes(StandardCharsets.ISO_8859_1);
        trusted = new TrustedPeers(application.requests());
        schemes = new ForwardedScheme(application.requests().secureHeaders());
        underscores = new UnderscoreRule(application.requests());
    }

    /// The beginning that all requests have in common. How an application is run is said by its workers themselves.
    private static byte[] beginning() {
        MarshalWriter to = new MarshalWriter(512);
        to.beginDictionary();
        to.text("SERVER_SOFTWARE");
        to.text(Program.NAME_AND_VERSION);
        return to.copy();
    }

    @Override
    public int refusal(Exchange exchange) {
        Fields fields = exchange.head().fields();
        boolean isTrusted = trusted.contains(exchange.connection().remote());
        if (underscores.refuses(fields, isTrusted) || (isTrusted && schemes.in(fields) == ForwardedScheme.Said.BOTH)) {
            return BAD_REQUEST;
        }
        if (scriptName.length == 0 && !EnvironScratch.namesScript(fields)) {
            return 0;
        }
        EnvironScratch scratch = EnvironScratch.ofThread();
        scratch.begin(exchange, underscores, isTrusted, scriptName);
        return scratch.scriptLength() < 0 ? INTERNAL_ERROR : 0;
    }

    @Override
    public void encode(Exchange exchange, ByteBuf body, int flags, ToldVariables told, ByteBuf out) {
        EnvironScratch scratch = EnvironScratch.ofThread();
        MarshalWriter to = scratch.writer;
        boolean isTrusted = trusted.contains(exchange.connection().remote());
        scratch.begin(exchange, underscores, isTrusted, scriptName);
        to.raw(BEGINNING);
        to.raw(exchange.head().minorVersion() > 0 ? HTTP_1_1 : HTTP_1_0);
        to.raw(SCRIPT_NAME);
        scratch.writeScript();
        boolean isSecure = isSecure(exchange, isTrusted);
        to.raw(isSecure ? SCHEME_HTTPS : SCHEME_HTTP);
        scratch.variables.write(exchange.head().fields(), scratch, to);
        writeContent(exchange.head().fields(), to);
        Peer client = writeEnds(exchange, isSecure, to);
        to.endDictionary();
        String target = exchange.head().target().raw();
        writeOwn(exchange.head().methodText(), target, Math.max(0, scratch.scriptLength()), scratch);
        if (client.isUnix()) {
            scratch.own.none();
        } else {
            scratch.own.digits(client.port());
        }
        finish(scratch, told, body, flags, out);
    }

    /// Begins the payload with what is the request's own. REMOTE_PORT is left to the caller.
    ///
    /// @param scriptLength how much of the path belongs to the application's place
    private static void writeOwn(String method, String target, int scriptLength, EnvironScratch scratch) {
        MarshalWriter to = scratch.own;
        to.tuple(PAYLOAD);
        to.tuple(OWN);
        to.text(method);
        to.text(target);
        to.text(scratch.path.query());
        scratch.path.writeDecoded(to, scriptLength);
    }

    /// Appends the payload whose common variables and whose own were written.
    private static void finish(EnvironScratch scratch, ToldVariables told, ByteBuf body, int flags, ByteBuf out) {
        MarshalWriter common = scratch.writer;
        MarshalWriter to = scratch.own;
        boolean isKnown = told.isKnown(common.bytes(), common.length());
        to.number(told.place());
        if (isKnown) {
            to.none();
        } else {
            to.put(common.bytes(), 0, common.length());
        }
        Payload.finish(to, body, flags, out);
    }

    private boolean isSecure(Exchange exchange, boolean isTrusted) {
        ForwardedScheme.Said said = isTrusted ? schemes.in(exchange.head().fields()) : ForwardedScheme.Said.NOTHING;
        return switch (said) {
            case NOTHING -> exchange.connection().isTls();
            case HTTP, BOTH -> false;
            case HTTPS -> true;
        };
    }

    private static void writeContent(Fields fields, MarshalWriter to) {
        writeLast(fields, FieldName.CONTENT_TYPE, CONTENT_TYPE, to);
        writeLast(fields, FieldName.CONTENT_LENGTH, CONTENT_LENGTH, to);
    }

    private static void writeLast(Fields fields, FieldName name, byte[] key, MarshalWriter to) {
        int last = last(fields, name);
        if (last >= 0) {
            to.raw(key);
            to.text(fields.bytes(), fields.valueStart(last), fields.valueEnd(last));
        }
    }

    private static int last(Fields fields, FieldName name) {
        int last = -1;
        for (int field = fields.first(name); field >= 0; field = fields.next(name, field)) {
            last = field;
        }
        return last;
    }

    /// Who the request is from, which is returned too, and where it arrived.
    private static Peer writeEnds(Exchange exchange, boolean isSecure, MarshalWriter to) {
        Optional<Peer> proxied = exchange.connection().proxiedClient();
        Optional<Peer> destination = exchange.connection().proxiedServer();
        Peer client = exchange.client();
        if (proxied.isPresent() && destination.isPresent()) {
            client = client == exchange.connection().remote() ? proxied.get() : client;
            to.raw(PROXY_PROTOCOL);
            to.text(proxied.get().address().length == 4 ? "TCP4" : "TCP6");
            to.raw(PROXY_ADDR);
            to.text(destination.get().text());
            to.raw(PROXY_PORT);
            to.digits(destination.get().port());
        }
        to.raw(REMOTE_ADDR);
        to.text(client.isUnix() ? "" : client.text());
        Peer local = exchange.connection().local();
        if (local.isUnix()) {
            writeServerOfUnixSocket(exchange.head().fields(), local, isSecure, to);
        } else {
            to.raw(SERVER_NAME);
            to.text(local.text());
            to.raw(SERVER_PORT);
            to.digits(local.port());
        }
        return client;
    }

    /// A unix socket has no address that a server can be reached by: the Host field says it, if there is one.
    private static void writeServerOfUnixSocket(Fields fields, Peer local, boolean isSecure, MarshalWriter to) {
        int host = last(fields, FieldName.HOST);
        to.raw(SERVER_NAME);
        if (host < 0) {
            String path = local.text();
            to.text(path, path.startsWith("unix:") ? 5 : 0, path.length());
            to.raw(SERVER_PORT);
            to.text("");
            return;
        }
        byte[] bytes = fields.bytes();
        int end = fields.valueEnd(host);
        int nameEnd = endOfName(bytes, fields.valueStart(host), end);
        to.text(bytes, fields.valueStart(host), nameEnd);
        to.raw(SERVER_PORT);
        if (nameEnd < end) {
            to.text(bytes, nameEnd + 1, end);
        } else {
            to.text(isSecure ? "443" : "80");
        }
    }

    private static int endOfName(byte[] bytes, int start, int end) {
        int at = start;
        while (at < end && bytes[at] == '[') {
            while (at < end && bytes[at] != ']') {
                at++;
            }
        }
        while (at < end && bytes[at] != ':') {
            at++;
        }
        return at;
    }

    @Override
    public void probe(String pathAndQuery, ToldVariables told, ByteBuf out) {
        EnvironScratch scratch = EnvironScratch.ofThread();
        MarshalWriter to = scratch.writer;
        to.clear();
        scratch.own.clear();
        to.raw(BEGINNING);
        scratch.path.findWithQuery(pathAndQuery);
        to.raw(HTTP_1_1);
        boolean isBelow = scratch.path.startsWith(scriptName, 0, scriptName.length);
        to.raw(SCRIPT_NAME);
        to.text(scriptName, 0, isBelow ? scriptName.length : 0);
        to.raw(SCHEME_HTTP);
        to.raw(HTTP_HOST);
        to.text("localhost");
        to.raw(HTTP_USER_AGENT);
        to.text(Program.NAME_AND_VERSION);
        to.raw(REMOTE_ADDR);
        to.text("127.0.0.1");
        to.raw(SERVER_NAME);
        to.text("localhost");
        to.raw(SERVER_PORT);
        to.text("80");
        to.endDictionary();
        writeOwn("GET", pathAndQuery, isBelow ? scriptName.length : 0, scratch);
        scratch.own.digits(0);
        finish(scratch, told, Unpooled.EMPTY_BUFFER, 0, out);
    }
}
