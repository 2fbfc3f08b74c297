package dev.fairlead.engine.route;

import dev.fairlead.engine.compile.CompileContext;
import dev.fairlead.engine.compile.Text;
import dev.fairlead.engine.http.Exchange;
import dev.fairlead.model.http.FileServing;
import dev.fairlead.model.http.Rule;
import dev.fairlead.model.text.Template;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.PooledByteBufAllocator;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// Answers with a fixed status: a redirect, a text, an error page, or nothing at all.
final class AnswerStep implements Rules.Step {
    /// The connection is closed without an answer.
    static final int NO_ANSWER = 444;

    private final int status;
    private final @Nullable Text content;

    private AnswerStep(int status, @Nullable Text content) {
        this.status = status;
        this.content = content;
    }

    /// Answers with the same text are one.
    static AnswerStep compile(Rule.Answer answer, CompileContext context) {
        int status = answer.status();
        Template content = answer.content().orElse(null);
        if (content == null || !content.isConstant()) {
            return new AnswerStep(status, content == null ? null : context.text(content));
        }
        return context.alike()
                .made(
                        AnswerStep.class,
                        new Constant(status, content.constantText()),
                        key -> new AnswerStep(status, context.text(content)));
    }

    private record Constant(int status, String text) {}

    @Override
    public Rules.Outcome run(Exchange exchange) {
        if (status == NO_ANSWER && content == null) {
            exchange.response().status(NO_ANSWER);
            exchange.errorStatus(NO_ANSWER);
            exchange.carrier().abort();
        } else if (isRedirect(status)) {
            exchange.redirectClient(status, text(exchange));
        } else if (status < 400 || content != null) {
            answer(exchange, text(exchange));
        } else {
            exchange.fail(status);
        }
        return Rules.Outcome.ANSWERED;
    }

    /// Whether an answer of that status sends the client elsewhere.
    static boolean isRedirect(int status) {
        return switch (status) {
            case 301, 302, 303, 307, 308 -> true;
            default -> false;
        };
    }

    private String text(Exchange exchange) {
        return content == null ? "" : content.of(exchange);
    }

    private void answer(Exchange exchange, String text) {
        exchange.response().begin(status).contentType(contentType(exchange));
        exchange.response().markOwn();
        if (text.isEmpty()) {
            exchange.respondEmpty();
            return;
        }
        ByteBuf body = PooledByteBufAllocator.DEFAULT.directBuffer(text.length());
        body.writeCharSequence(text, StandardCharsets.ISO_8859_1);
        exchange.respondWith(body);
    }

    /// That of the path's extension, as for a file; a dot at the start of the last segment begins none.
    private static String contentType(Exchange exchange) {
        FileServing files = exchange.place().settings().files();
        String path = exchange.path();
        int slash = path.lastIndexOf('/');
        int dot = path.lastIndexOf('.');
        if (dot <= slash + 1 || dot < 2) {
            return Text.bytes(files.defaultType());
        }
        String extension = path.substring(dot + 1).toLowerCase(Locale.ROOT);
        return Text.bytes(files.types().getOrDefault(extension, files.defaultType()));
    }
}
