package dev.fairlead.engine.route;

import dev.fairlead.engine.compile.CompileContext;
import dev.fairlead.engine.compile.Text;
import dev.fairlead.engine.http.Exchange;
import dev.fairlead.engine.http.Method;
import dev.fairlead.engine.http.Response;
import dev.fairlead.model.http.ErrorPages;
import dev.fairlead.model.http.ErrorPages.Shown;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.PooledByteBufAllocator;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;

/// Answers with errors in a place: by the page set for the status, else by the built-in one.
final class ErrorAnswers {
    private final Map<Integer, Page> pages = new HashMap<>();
    private final boolean isRecursive;

    ErrorAnswers(ErrorPages errors, CompileContext context) {
        isRecursive = errors.recursive();
        for (ErrorPages.Page page : errors.pages()) {
            Page compiled = new Page(page.status(), context.text(page.target()));
            page.statuses().forEach(status -> pages.putIfAbsent(status, compiled));
        }
    }

    void answer(Exchange exchange, int status) {
        exchange.errorStatus(status);
        if (endsConnection(status)) {
            exchange.response().closeConnection();
        }
        Passage passage = Passage.of(exchange);
        if (!pages.isEmpty() && !passage.showsErrorPage() && passage.mayRedirect()) {
            if (!isRecursive) {
                passage.showErrorPage();
            }
            Page page = pages.get(status);
            if (page != null) {
                show(page, exchange);
                return;
            }
        }
        answerBuiltIn(exchange, status);
    }

    private static boolean endsConnection(int status) {
        return switch (status) {
            case 400, 413, 414, 495, 496, 497, 500, 501 -> true;
            default -> false;
        };
    }

    private static void show(Page page, Exchange exchange) {
        switch (page.shown()) {
            case Shown.Original original -> {}
            case Shown.OfPage ofPage -> exchange.errorStatus(0);
            case Shown.Fixed(int fixed) -> exchange.errorStatus(fixed);
        }
        String target = page.target().of(exchange);
        if (target.startsWith("/")) {
            if (exchange.head().method() != Method.HEAD) {
                exchange.head().becomeGet();
            }
            int mark = target.indexOf('?');
            String path = mark < 0 ? target : target.substring(0, mark);
            exchange.redirectTo(path, mark < 0 ? "" : target.substring(mark + 1));
        } else if (target.startsWith("@")) {
            exchange.enterNamed(target.substring(1));
        } else {
            int status = redirectStatus(page.shown());
            exchange.errorStatus(status);
            Passage.of(exchange).location(target);
            answerBuiltIn(exchange, status);
        }
    }

    private static int redirectStatus(Shown shown) {
        return shown instanceof Shown.Fixed(int status) && AnswerStep.isRedirect(status) ? status : 302;
    }

    /// Answers with the built-in page, which is none for statuses that nginx has none for.
    static void answerBuiltIn(Exchange exchange, int status) {
        int sent = status >= 494 && status <= 497 ? 400 : status;
        if (sent != status && exchange.errorStatus() == status) {
            exchange.errorStatus(sent);
        }
        Response response = exchange.response().begin(sent);
        response.markOwn();
        boolean hasSentence = BuiltInPages.haveSentences(exchange);
        String page = hasSentence ? SentencePages.page(sent) : BuiltInPages.page(status, exchange);
        if (page.isEmpty()) {
            exchange.respondEmpty();
            return;
        }
        response.contentType("text/html");
        response.conditional(false);
        if (hasSentence) {
            response.reason(SentencePages.reason(sent));
            response.fields().add(SentencePages.CACHE_CONTROL, "no-cache");
        }
        ByteBuf body = PooledByteBufAllocator.DEFAULT.directBuffer(page.length());
        body.writeCharSequence(page, StandardCharsets.ISO_8859_1);
        exchange.respondWith(body);
    }

    private record Page(Shown shown, Text target) {}
}
