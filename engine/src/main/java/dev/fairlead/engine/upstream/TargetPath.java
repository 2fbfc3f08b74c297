package dev.fairlead.engine.upstream;

import dev.fairlead.engine.compile.Text;
import dev.fairlead.engine.http.Exchange;
import dev.fairlead.engine.http.RequestTarget;
import dev.fairlead.model.http.Forward.PathMapping;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;

/// What stands in the request line for path and query.
sealed interface TargetPath {
    /// @param url path and query of a computed target; empty if it has none
    void write(Exchange exchange, String url, ByteBuf out);

    static TargetPath of(PathMapping mapping) {
        return switch (mapping) {
            case PathMapping.Unchanged() -> new Unchanged();
            case PathMapping.ReplacePrefix(String prefix, String replacement) ->
                new Replaced(Text.bytes(prefix), Text.bytes(replacement));
            case PathMapping.FromUrl() -> new FromUrl();
        };
    }

    /// For the error log.
    default String text(Exchange exchange, String url) {
        ByteBuf out = Unpooled.buffer(128);
        write(exchange, url, out);
        return out.toString(StandardCharsets.ISO_8859_1);
    }

    /// As it came; encoded anew if rules changed it.
    record Unchanged() implements TargetPath {
        @Override
        public void write(Exchange exchange, String url, ByteBuf out) {
            if (exchange.isTargetReplaced()) {
                put(exchange.sentTarget(), out);
            } else if (!exchange.isPathChanged()) {
                put(exchange.head().target().rawPathAndQuery(), out);
            } else {
                writeChanged(exchange, 0, out);
            }
        }
    }

    /// The prefix is replaced in the normalised path, unless rules of the location replaced the path itself.
    record Replaced(String prefix, String replacement) implements TargetPath {
        @Override
        public void write(Exchange exchange, String url, ByteBuf out) {
            if (exchange.isPathReplacedHere()) {
                writeChanged(exchange, 0, out);
                return;
            }
            put(replacement, out);
            writeChanged(exchange, Math.min(prefix.length(), exchange.path().length()), out);
        }
    }

    /// The whole of it stands in the URL.
    record FromUrl() implements TargetPath {
        @Override
        public void write(Exchange exchange, String url, ByteBuf out) {
            if (url.isEmpty()) {
                new Unchanged().write(exchange, url, out);
                return;
            }
            if (url.charAt(0) == '?') {
                out.writeByte('/');
            }
            put(url, out);
        }
    }

    private static void writeChanged(Exchange exchange, int from, ByteBuf out) {
        String path = exchange.path();
        if (wasEncoded(exchange)) {
            Escaping.write(path, from, out);
        } else {
            put(path, from, out);
        }
        if (!exchange.query().isEmpty()) {
            out.writeByte('?');
            put(exchange.query(), out);
        }
    }

    /// nginx encodes the path only if it was encoded when it came, or came from within.
    private static boolean wasEncoded(Exchange exchange) {
        if (exchange.isInternal() || exchange.isPathChanged()) {
            return true;
        }
        RequestTarget target = exchange.head().target();
        return !target.plain() && target.raw().indexOf('%') >= 0;
    }

    private static void put(String text, ByteBuf out) {
        out.writeCharSequence(text, StandardCharsets.ISO_8859_1);
    }

    /// The text from there on, without a string of its own.
    private static void put(String text, int from, ByteBuf out) {
        int length = text.length() - from;
        int at = out.ensureWritable(length).writerIndex();
        for (int i = 0; i < length; i++) {
            out.setByte(at + i, text.charAt(from + i));
        }
        out.writerIndex(at + length);
    }
}
