package dev.fairlead.engine.upstream;

import dev.fairlead.engine.compile.CompileContext;
import dev.fairlead.engine.compile.Text;
import dev.fairlead.engine.http.Exchange;
import dev.fairlead.engine.http.field.FieldName;
import dev.fairlead.engine.http.field.FieldSet;
import dev.fairlead.model.http.Forward;
import dev.fairlead.model.text.Attribute;
import dev.fairlead.model.text.Template;
import dev.fairlead.model.text.Variable;
import io.netty.buffer.ByteBuf;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Writes the head of a request to another server: request line, the fields that the configuration sets, the
/// body's framing, the client's other fields as one block. What never changes was put together when it was
/// compiled.
///
/// Framing is decided here and by nobody else: a Content-Length or Transfer-Encoding of the configuration or the
/// client is not passed.
final class RequestHeadWriter {
    /// A request without a body.
    static final long NO_BODY = -1;

    /// A request whose body goes in chunks.
    static final long CHUNKED = -2;

    /// Fields that concern the client's connection only, or that are written anew.
    private static final List<FieldName> NEVER_PASSED = List.of(
            FieldName.CONNECTION,
            FieldName.KEEP_ALIVE,
            FieldName.TE,
            FieldName.TRANSFER_ENCODING,
            FieldName.UPGRADE,
            FieldName.EXPECT,
            FieldName.CONTENT_LENGTH);

    private static final byte[] CONTENT_LENGTH = bytes("Content-Length: ");
    private static final byte[] TRANSFER_ENCODING = bytes("Transfer-Encoding: chunked\r\n");

    private final @Nullable Text method;
    private final TargetPath path;
    private final byte[] version;
    private final Segment[] segments;
    private final boolean passFields;
    private final FieldSet dropped;

    /// @param constant bytes that stand as they are, after which comes
    /// @param name with colon and space, if there is a value
    @SuppressWarnings("ArrayRecordComponent") // never compared
    private record Segment(
            byte[] constant, byte[] name, @Nullable Text value) {}

    private RequestHeadWriter(
            @Nullable Text method,
            TargetPath path,
            byte[] version,
            Segment[] segments,
            boolean passFields,
            FieldSet dropped) {
        this.method = method;
        this.path = path;
        this.version = version;
        this.segments = segments;
        this.passFields = passFields;
        this.dropped = dropped;
    }

    /// @param hostText what the host of the target stands for where it is the same for all requests
    static RequestHeadWriter compile(Forward forward, Optional<String> hostText, CompileContext context) {
        Forward.Request request = forward.request();
        Set<FieldName> dropped = new HashSet<>(NEVER_PASSED);
        List<Segment> segments = new ArrayList<>();
        StringBuilder constant = new StringBuilder();
        for (Forward.FieldAssignment assignment : request.fields()) {
            FieldName name = FieldName.of(Text.bytes(assignment.name()));
            dropped.add(name);
            if (name.equals(FieldName.CONTENT_LENGTH) || name.equals(FieldName.TRANSFER_ENCODING)) {
                continue;
            }
            Optional<String> known = constantValue(assignment.value(), hostText);
            String prefix = Text.bytes(assignment.name()) + ": ";
            if (known.isPresent()) {
                String value = Text.bytes(known.get());
                constant.append(value.isEmpty() ? "" : prefix + onOneLine(value) + "\r\n");
            } else {
                segments.add(new Segment(bytes(constant.toString()), bytes(prefix), context.text(assignment.value())));
                constant.setLength(0);
            }
        }
        segments.add(new Segment(bytes(constant.toString()), new byte[0], null));
        String version = request.version() == Forward.Version.HTTP_1_1 ? " HTTP/1.1\r\n" : " HTTP/1.0\r\n";
        return new RequestHeadWriter(
                request.method().map(context::text).orElse(null),
                TargetPath.of(forward.path()),
                bytes(version),
                segments.toArray(Segment[]::new),
                request.passFields(),
                FieldSet.of(dropped));
    }

    private static Optional<String> constantValue(Template template, Optional<String> hostText) {
        if (template.isConstant()) {
            return Optional.of(template.constantText());
        }
        boolean isHost = template.parts()
                .equals(List.of(new Template.Part.Reference(new Variable.Builtin(Attribute.UPSTREAM_HOST))));
        return isHost ? hostText : Optional.empty();
    }

    TargetPath path() {
        return path;
    }

    /// The method that is sent; upper case, as nginx does with one that the configuration sets.
    String method(Exchange exchange) {
        Text other = method;
        return other == null ? exchange.head().methodText() : other.of(exchange);
    }

    /// @param url path and query of a computed target; empty if it has none
    /// @param length of the body, or [#NO_BODY], [#CHUNKED]
    void write(Exchange exchange, String url, long length, ByteBuf out) {
        text(method(exchange), out);
        out.writeByte(' ');
        path.write(exchange, url, out);
        out.writeBytes(version);
        for (Segment segment : segments) {
            out.writeBytes(segment.constant());
            Text value = segment.value();
            if (value != null) {
                writeField(segment.name(), value.of(exchange), out);
            }
        }
        if (length >= 0) {
            out.writeBytes(CONTENT_LENGTH);
            decimal(length, out);
            out.writeShort('\r' << 8 | '\n');
        } else if (length == CHUNKED) {
            out.writeBytes(TRANSFER_ENCODING);
        }
        if (passFields) {
            exchange.head().fields().writeExcept(dropped, out);
        }
        out.writeShort('\r' << 8 | '\n');
    }

    private static void writeField(byte[] name, String value, ByteBuf out) {
        if (!value.isEmpty()) {
            out.writeBytes(name);
            text(onOneLine(value), out);
            out.writeShort('\r' << 8 | '\n');
        }
    }

    private static String onOneLine(String value) {
        boolean isOneLine = value.indexOf('\n') < 0 && value.indexOf('\r') < 0 && value.indexOf(0) < 0;
        return isOneLine ? value : value.replace('\n', ' ').replace('\r', ' ').replace('\0', ' ');
    }

    private static void decimal(long value, ByteBuf out) {
        if (value >= 10) {
            decimal(value / 10, out);
        }
        out.writeByte('0' + (int) (value % 10));
    }

    private static void text(String text, ByteBuf out) {
        out.writeCharSequence(text, StandardCharsets.ISO_8859_1);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }
}
