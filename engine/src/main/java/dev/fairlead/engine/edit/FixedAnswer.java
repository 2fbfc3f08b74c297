package dev.fairlead.engine.edit;

import dev.fairlead.engine.compile.CompileContext;
import dev.fairlead.engine.compile.Text;
import dev.fairlead.engine.http.ContentHandler;
import dev.fairlead.engine.http.Exchange;
import dev.fairlead.engine.http.Response;
import dev.fairlead.engine.http.field.FieldName;
import dev.fairlead.model.http.Content;
import dev.fairlead.model.http.Rule;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.PooledByteBufAllocator;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Answers with what the configuration says, whatever error pages there are.
public final class FixedAnswer implements ContentHandler {
    private final int status;
    private final @Nullable Text contentType;
    private final List<Field> fields;
    private final @Nullable Text text;
    private final byte[] bytes;

    private record Field(FieldName name, Text value) {}

    public FixedAnswer(Rule.Respond respond, CompileContext context) {
        status = respond.status();
        contentType = respond.contentType().map(context::text).orElse(null);
        fields = respond.fields().stream()
                .map(field -> new Field(FieldName.of(Text.bytes(field.name())), context.text(field.value())))
                .toList();
        text = respond.content() instanceof Content.Text(var template) ? context.text(template) : null;
        bytes = respond.content() instanceof Content.OfFile(Path path) ? read(path, respond, context) : new byte[0];
    }

    private static byte[] read(Path path, Rule.Respond respond, CompileContext context) {
        try {
            return Files.readAllBytes(path);
        } catch (IOException unreadable) {
            context.problems().error("engine.content", respond.origin(), "cannot read \"" + path + "\": " + unreadable);
            return new byte[0];
        }
    }

    @Override
    public void handle(Exchange exchange) {
        Response response = exchange.response().begin(status);
        response.conditional(false);
        response.markOwn();
        if (contentType != null) {
            response.contentType(contentType.of(exchange));
        }
        for (Field field : fields) {
            String value = field.value().of(exchange);
            if (field.name().equals(FieldName.CONTENT_TYPE)) {
                response.contentType(value);
            } else if (!value.isEmpty()) {
                response.fields().add(field.name(), value);
            }
        }
        ByteBuf body = body(exchange);
        if (body.isReadable()) {
            exchange.respondWith(body);
        } else {
            body.release();
            exchange.respondEmpty();
        }
    }

    private ByteBuf body(Exchange exchange) {
        Text written = text;
        if (written == null) {
            return PooledByteBufAllocator.DEFAULT.directBuffer(bytes.length).writeBytes(bytes);
        }
        String content = written.of(exchange);
        ByteBuf body = PooledByteBufAllocator.DEFAULT.directBuffer(content.length());
        body.writeCharSequence(content, StandardCharsets.ISO_8859_1);
        return body;
    }
}
