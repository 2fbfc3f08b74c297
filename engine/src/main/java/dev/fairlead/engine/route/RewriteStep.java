package dev.fairlead.engine.route;

import dev.fairlead.engine.compile.CompileContext;
import dev.fairlead.engine.compile.Text;
import dev.fairlead.engine.http.Exchange;
import dev.fairlead.engine.text.Expression;
import dev.fairlead.model.http.LogLevel;
import dev.fairlead.model.http.Rule;
import dev.fairlead.model.text.Template;
import dev.fairlead.model.text.Variable;
import java.util.ArrayList;
import java.util.List;

/// Replaces the path where an expression is found in it. Captures are encoded again where they end up in a
/// query string or a redirect and the request's own path had encoded characters; values of variables never are.
/// So does nginx.
final class RewriteStep implements Rules.Step {
    private final Rule.Rewrite rule;
    private final Expression expression;
    private final List<Piece> path;
    private final List<Piece> query;
    private final boolean hasQuery;
    private final boolean isRedirect;

    RewriteStep(Rule.Rewrite rule, Expression expression, CompileContext context) {
        this.rule = rule;
        this.expression = expression;
        this.isRedirect = switch (rule.flow()) {
            case REDIRECT, PERMANENT -> true;
            case CONTINUE, LAST, BREAK -> false;
        };
        List<Piece> front = new ArrayList<>();
        List<Piece> behind = new ArrayList<>();
        this.hasQuery = split(rule.replacement(), context, front, behind);
        if (isRedirect) {
            front.addAll(behind);
            behind.clear();
        }
        this.path = front;
        this.query = behind;
    }

    /// Cuts at the first question mark that is written out; a redirect keeps it.
    private boolean split(Template template, CompileContext context, List<Piece> front, List<Piece> behind) {
        boolean isBehind = false;
        for (Template.Part part : template.parts()) {
            List<Piece> to = isBehind ? behind : front;
            switch (part) {
                case Template.Part.Literal(String text) -> {
                    int mark = isBehind ? -1 : text.indexOf('?');
                    if (mark >= 0) {
                        isBehind = true;
                        addLiteral(front, text.substring(0, isRedirect ? mark + 1 : mark));
                        addLiteral(behind, text.substring(mark + 1));
                    } else {
                        addLiteral(to, text);
                    }
                }
                case Template.Part.Reference(Variable.Capture(int group)) -> to.add(new Piece.Captured(group));
                case Template.Part.Reference reference ->
                    to.add(new Piece.Computed(context.text(Template.of(reference.variable(), template.origin()))));
            }
        }
        return isBehind;
    }

    private static void addLiteral(List<Piece> to, String text) {
        if (!text.isEmpty()) {
            to.add(new Piece.Literal(Text.bytes(text)));
        }
    }

    @Override
    public Rules.Outcome run(Exchange exchange) {
        String subject = exchange.path();
        if (!expression.find(subject, exchange)) {
            exchange.values().unmatched();
            log(exchange, "does not match \"" + subject + "\"");
            return Rules.Outcome.NEXT;
        }
        exchange.markInternal();
        return isRedirect ? redirect(exchange) : rewrite(exchange);
    }

    private Rules.Outcome redirect(Exchange exchange) {
        StringBuilder url = new StringBuilder(64);
        append(url, path, exchange, hasEncoding(exchange));
        String target = UriText.unescapeRedirect(url.toString());
        if (rule.keepQuery() && !exchange.query().isEmpty()) {
            target += (hasQuery ? "&" : "?") + exchange.query();
        }
        log(exchange, "redirects to \"" + target + "\"");
        int status = rule.flow() == Rule.Rewrite.Flow.PERMANENT ? 301 : 302;
        exchange.redirectClient(status, target);
        return Rules.Outcome.ANSWERED;
    }

    private Rules.Outcome rewrite(Exchange exchange) {
        StringBuilder text = new StringBuilder(64);
        append(text, path, exchange, false);
        String newPath = text.toString();
        if (hasQuery) {
            text.setLength(0);
            append(text, query, exchange, hasEncoding(exchange));
            if (rule.keepQuery() && !exchange.query().isEmpty()) {
                text.append('&').append(exchange.query());
            }
            exchange.query(text.toString());
        } else if (!rule.keepQuery()) {
            exchange.query("");
        }
        log(exchange, "rewrites to \"" + newPath + "\", query \"" + exchange.query() + "\"");
        if (newPath.isEmpty()) {
            exchange.place().report(exchange, LogLevel.ERROR, "the rewritten URI has a zero length" + origin());
            exchange.fail(500);
            return Rules.Outcome.ANSWERED;
        }
        exchange.path(newPath);
        return proceed(exchange);
    }

    private Rules.Outcome proceed(Exchange exchange) {
        Passage passage = Passage.of(exchange);
        return switch (rule.flow()) {
            case CONTINUE -> {
                passage.pathReplaced(true);
                yield Rules.Outcome.NEXT;
            }
            case BREAK -> {
                passage.pathReplaced(false);
                exchange.markPathReplacedHere();
                yield Rules.Outcome.STOP;
            }
            case LAST, REDIRECT, PERMANENT -> {
                passage.pathReplaced(true);
                yield Rules.Outcome.STOP;
            }
        };
    }

    private static void append(StringBuilder out, List<Piece> pieces, Exchange exchange, boolean isEncoded) {
        for (Piece piece : pieces) {
            switch (piece) {
                case Piece.Literal(String text) -> out.append(text);
                case Piece.Computed(Text text) -> out.append(text.of(exchange));
                case Piece.Captured(int group) -> {
                    String captured = exchange.values().group(group);
                    out.append(isEncoded ? UriText.escapeArgument(captured) : captured);
                }
            }
        }
    }

    /// Whether the client's own path has codes, or pluses, which mean a space in places.
    private static boolean hasEncoding(Exchange exchange) {
        String raw = exchange.head().target().raw();
        int end = raw.indexOf('?');
        String path = end < 0 ? raw : raw.substring(0, end);
        return path.indexOf('%') >= 0 || path.indexOf('+') >= 0;
    }

    private void log(Exchange exchange, String what) {
        if (rule.log()) {
            String message = "\"" + rule.regex().written() + "\" " + what + origin();
            exchange.place().report(exchange, LogLevel.NOTICE, message);
        }
    }

    private String origin() {
        return " [" + rule.origin().fileAndLine() + "]";
    }

    private sealed interface Piece {
        record Literal(String text) implements Piece {}

        record Captured(int group) implements Piece {}

        record Computed(Text text) implements Piece {}
    }
}
